/** A column to be written: whole numbers, numbers or texts, null where a row has none. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: "integer" | "number" | "text";
  readonly values: readonly (number | string | null)[];
}

const TYPES = { integer: "INT32", number: "DOUBLE", text: "STRING" } as const;

/** Columns of one length as a Parquet file (Snappy); the only place that knows the writer. */
export async function renderParquet(columns: readonly ParquetColumn[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map(({ name, type, values }) => ({
    name,
    type: TYPES[type],
    data: [...values],
    nullable: values.includes(null),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
