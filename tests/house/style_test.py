"""All C++ is formatted as .clang-format says, and all shell scripts parse. Exit 77: a tool is missing (ctest: skipped).

usage: style_test.py format|scripts
"""
import shutil
import subprocess
import sys
import tempfile

import tree

SKIPPED = 77


def run(command, paths):
    return subprocess.run(command + paths, cwd=tree.TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)


def check_format():
    tool = shutil.which("clang-format-19")
    if tool is None:
        print("SKIPPED: clang-format-19 is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:  # the check must be able to fail
        tree.plant(folder, "bad.cpp", "int  main( ){}\n")
        style = f"--style=file:{tree.TOP}/.clang-format"
        if run([tool, "--dry-run", "-Werror", style], [folder + "/bad.cpp"]).returncode == 0:
            print("clang-format accepts a badly formatted file")
            return 1
    result = run([tool, "--dry-run", "-Werror"], tree.files(tree.TOP, ".cpp", ".hpp"))
    print(result.stdout[-8000:])
    if result.returncode != 0:
        print("repair with: clang-format-19 -i FILE...")
    return result.returncode


def scripts():
    """The files whose first line names bash or sh."""
    found = []
    for path in tree.files(tree.TOP):
        with open(f"{tree.TOP}/{path}", "rb") as f:
            first = f.readline(80)
        if first.startswith(b"#!") and (b"bash" in first or b"/sh" in first) or path.endswith(".sh"):
            found.append(path)
    return found


def check_scripts():
    paths = scripts()
    if "tools/check" not in paths:
        print(f"tools/check is not among the scripts found: {paths}")
        return 1
    failed = [path for path in paths if run(["bash", "-n"], [path]).returncode != 0]
    for path in failed:
        print(run(["bash", "-n"], [path]).stdout)
    if shutil.which("shellcheck"):
        result = run(["shellcheck", "--external-sources", "--severity=warning"], paths)
        print(result.stdout)
        return 1 if failed or result.returncode != 0 else 0
    print("shellcheck is not installed: only bash -n was asked")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit({"format": check_format, "scripts": check_scripts}[sys.argv[1]]())
