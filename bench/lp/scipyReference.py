"""Solves one complete program with SciPy's linprog(method="highs") and prints JSON.

    python3 scipyReference.py PROGRAM [--tight]
    python3 scipyReference.py --version

PROGRAM is written by src/experiment/completeProgram.ts: a line of JSON {"size", "rows", "entries", "constant"},
padded with blanks to a multiple of 8 bytes, then float64 cost, lower, upper, bound, values, then int32 columns and
starts (compressed sparse rows). The program is: maximise cost y + constant, A y <= bound, lower <= y <= upper.

Rows are scaled to unit norm and the cost to largest entry one before SciPy sees them. Only linprog itself is
timed, by what the processor works for it. --tight asks for tolerances of 1e-10 instead of the default 1e-7.
"""

import json
import sys
import time


def read_program(path):
    import numpy
    from scipy.sparse import csr_matrix

    with open(path, "rb") as file:
        header = json.loads(file.readline())
        size, rows, entries = header["size"], header["rows"], header["entries"]
        take = lambda dtype, count: numpy.frombuffer(
            file.read(count * numpy.dtype(dtype).itemsize), dtype
        )
        cost, lower, upper = (take("<f8", size) for _ in range(3))
        bound, values = take("<f8", rows), take("<f8", entries)
        columns, starts = take("<i4", entries), take("<i4", rows + 1)
    matrix = csr_matrix((values, columns, starts), shape=(rows, size))
    return header["constant"], cost, lower, upper, bound, matrix


def solve(path, tight):
    import numpy
    import scipy
    from scipy.optimize import linprog
    from scipy.sparse import diags

    constant, cost, lower, upper, bound, matrix = read_program(path)
    norms = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    keep = norms > 0
    scale = 1.0 / norms[keep]
    matrix = diags(scale) @ matrix[keep]
    bound = bound[keep] * scale
    # SciPy treats a dense array and a sparse one alike; a nearly full one is handed over as it would be by users.
    if matrix.nnz > 0.5 * matrix.shape[0] * matrix.shape[1]:
        matrix = matrix.toarray()
    largest = numpy.abs(cost).max() or 1.0
    options = (
        {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10} if tight else {}
    )
    start = time.process_time()
    result = linprog(
        -cost / largest,
        A_ub=matrix,
        b_ub=bound,
        bounds=numpy.column_stack([lower, upper]),
        method="highs",
        options=options,
    )
    seconds = time.process_time() - start
    return {
        "value": None if result.fun is None else -result.fun * largest + constant,
        "milliseconds": seconds * 1000,
        "iterations": int(result.nit),
        "status": int(result.status),
        "message": result.message,
        "version": scipy.__version__,
    }


if __name__ == "__main__":
    if "--version" in sys.argv:
        import scipy
        import scipy.optimize

        print(json.dumps({"version": scipy.__version__}))
    else:
        print(json.dumps(solve(sys.argv[1], "--tight" in sys.argv)))
