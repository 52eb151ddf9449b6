"""The files of the source tree: what the other house tests walk over."""
import os
import re

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SKIPPED_FOLDERS = {".git", ".cache", "build", "__pycache__"}


def files(top, *suffixes):
    """Paths relative to `top`, with '/', of the files that end in one of `suffixes` (all without), sorted."""
    found = []
    for folder, folders, names in os.walk(top):
        if "CMakeCache.txt" in names:  # a build tree that someone put inside
            folders.clear()
            continue
        folders[:] = sorted(d for d in folders if d not in SKIPPED_FOLDERS)
        for name in names:
            if not suffixes or name.endswith(suffixes):
                found.append(os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/"))
    return sorted(found)


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8") as f:
        return f.read()


def plant(top, path, text):
    """Writes a file of a made-up tree: for the tests that prove that a check can fail."""
    full = os.path.join(top, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


def options_of(build):
    """The options of a build folder that its compilers' commands are made of."""
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as file:
        cache = dict(re.findall(r"^(\w+):\w+=(.*)$", file.read(), re.MULTILINE))
    kind = cache["CMAKE_BUILD_TYPE"]
    names = ("CMAKE_BUILD_TYPE", "CMAKE_CXX_FLAGS", f"CMAKE_CXX_FLAGS_{kind.upper()}", "BGP_WERROR")
    return [f"-D{name}={cache[name]}" for name in names if name in cache]
