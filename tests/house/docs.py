"""What the documents name must exist: paths, presets, labels, options of our tools, CMake options, copied programs."""
import glob
import json
import os
import re

import tree

TOP_NAMES = {"libbgp", "bgpd", "tools", "tests", "pcaps", "docs", "cmake", ".ci"}
OUTPUTS = ("build/",)  # made by a build, so not in the tree
SUFFIXES = (".cpp", ".hpp", ".md", ".py", ".sh", ".txt", ".tsv", ".jsonl", ".json", ".toml", ".conf", ".cmake")

PLACEHOLDER = re.compile(r"(?:^|_)[A-Z]+(?:_\w+)?\.(?!md$)")  # X_test.cpp, peer_NAME.py, OUT.tsv

FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.@+*{},-]+(?:/[\w.@+*{},-]+)*/?")
COPY = re.compile(r"<!-- copy of (\S+) -->\s*^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def expand_braces(path):
    m = re.search(r"\{([^{}]*)\}", path)
    if not m:
        return [path]
    return [p for part in m.group(1).split(",") for p in expand_braces(path[:m.start()] + part + path[m.end():])]


def exists(top, document, path):
    """As seen from the top, from the document's folder, or as an include path; '*' may stand for anything."""
    places = [top, os.path.dirname(os.path.join(top, document)), os.path.join(top, "libbgp/include")]
    return any(glob.glob(os.path.join(place, path)) for place in places)


def paths_in(text):
    """(position, path) of all that looks like a path of this tree: in backticks, in links and in code blocks."""
    prose = FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    for m in LINK.finditer(prose):
        if not re.match(r"\w+:|#", m.group(1)):
            yield m.start(1), m.group(1).split("#")[0]
    for pattern, source in ((CODE, prose), (re.compile(r"^(.*)$", re.MULTILINE), fences(text))):
        for m in pattern.finditer(source):
            for word in re.finditer(r"[^\s\"'()\[\]:;=$]+", m.group(1)):
                if looks_like_path(word.group(0)):
                    yield m.start(1) + word.start(), word.group(0)


def fences(text):
    """The code blocks alone, everything else blanked, so that positions stay."""
    out, last = [], 0
    for m in FENCE.finditer(text):
        out += [re.sub(r"[^\n]", " ", text[last:m.start()]), m.group(0)]
        last = m.end()
    return "".join(out)


def looks_like_path(word):
    word = word.rstrip(".,")
    if word.startswith("./"):
        word = word[2:]
    if not PATH.fullmatch(word) or word.startswith(OUTPUTS) or PLACEHOLDER.search(word):
        return False
    first = word.split("/")[0]
    return ("/" in word and (first in TOP_NAMES or first == "bgp")) or (
        "/" not in word and word.endswith(SUFFIXES) and not word.startswith("*"))


def check_paths(top, document, text, names):
    problems = []
    names = names | set(re.findall(r"^<!-- file (\S+) -->$", text, re.MULTILINE))  # the document has it
    for position, path in paths_in(text):
        path = path.rstrip(".,")
        bare = "/" not in path
        for one in expand_braces(path):
            if not exists(top, document, one) and not (bare and one in names):
                problems.append(f"{document}:{line(text, position)}: {one} does not exist")
    return problems


def check_names(top, document, text):
    """Presets, ctest labels, options of our tools and CMake options."""
    presets = set()
    if os.path.exists(os.path.join(top, "CMakePresets.json")):
        presets = {p["name"] for p in json.loads(tree.read(top, "CMakePresets.json"))["configurePresets"]}
    cmake = "".join(tree.read(top, f) for f in tree.files(top, "CMakeLists.txt", ".cmake"))
    problems = []

    def wrong(m, what):
        problems.append(f"{document}:{line(text, m.start())}: {what}")

    for m in re.finditer(r"--preset[ =]([\w-]+)", text):
        if m.group(1) not in presets:
            wrong(m, f"no preset {m.group(1)}")
    for m in re.finditer(r"ctest\b[^\n`]*\s-L\s+(\w+)", text):
        if not re.search(rf"LABELS?\s+{m.group(1)}\b", cmake):
            wrong(m, f"no test has the label {m.group(1)}")
    for m in re.finditer(r"(tools/\w+)((?:[ \t]+[\w|=./\[\]-]+)*)", text):
        tool = os.path.join(top, m.group(1))
        for option in re.findall(r"--[a-z][a-z-]*", m.group(2)) if os.path.isfile(tool) else []:
            if option not in tree.read(top, m.group(1)):
                wrong(m, f"{m.group(1)} has no option {option}")
    for m in re.finditer(r"\bBGP_[A-Z_]+\b", text):
        if not re.search(rf"\b{m.group(0)}\b", cmake):
            wrong(m, f"CMake knows no {m.group(0)}")
    return problems


def check_copies(top, document, text):
    """A code block under '<!-- copy of PATH -->' is that file, octet for octet."""
    problems = []
    for m in COPY.finditer(text):
        path = os.path.join(top, m.group(1))
        if not os.path.exists(path):
            problems.append(f"{document}:{line(text, m.start())}: {m.group(1)} does not exist")
        elif tree.read(top, m.group(1)) != m.group(2):
            problems.append(f"{document}:{line(text, m.start())}: is not what {m.group(1)} says now")
    return problems


def line(text, position):
    return text.count("\n", 0, position) + 1


def check(top):
    """Every wrong name in the documents under `top`, as 'file:line: what'."""
    names = {path.rsplit("/", 1)[-1] for path in tree.files(top)}
    problems = []
    for document in tree.files(top, ".md"):
        text = tree.read(top, document)
        problems += check_paths(top, document, text, names)
        problems += check_names(top, document, text)
        problems += check_copies(top, document, text)
    return problems
