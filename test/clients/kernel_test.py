"""Jupyter's own test suite for kernels, with a sample for every feature that it knows.

Needs Debian's python3-jupyter-kernel-test and the installed kernelspec.
"""

import unittest

import jupyter_kernel_test


class RoundLabKernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = "roundlab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world');"
    code_stderr = "console.error('on stderr');"

    completion_samples = [
        {"text": "[1, 2].flatM", "matches": {"flatMap"}},
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "rl.roundToHal", "matches": {"roundToHalf"}},
    ]

    complete_code_samples = [
        "1 + 1",
        "const a: number = 1;",
        "await Promise.resolve(1)",
        "for await (const x of [1]) console.log(x);",
        "function f(): void {\n  return;\n}",
    ]
    incomplete_code_samples = [
        "function f() {",
        "const a = [1, 2,",
        "console.log(",
        "`a template",
        "/* a comment",
    ]
    invalid_code_samples = ["const = 5;", "1 +* 2", "let 1a = 3"]

    code_page_something = "page('a page of text')"
    code_generate_error = "throw new RangeError('on purpose');"

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2, 3].map((x) => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": "await Promise.resolve({ a: 1 })", "result": "{ a: 1 }"},
        {"code": "rl.createDataFrame({ a: [1, 2] })", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>');", "mime": "text/html"},
        {"code": "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>');", "mime": "image/svg+xml"},
        {"code": "displayImage(new Float64Array(784));", "mime": "image/png"},
    ]

    code_history_pattern = "6 [*] 7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "rl.roundToHalf"
    code_clear_output = "clearOutput();"


if __name__ == "__main__":
    unittest.main()
