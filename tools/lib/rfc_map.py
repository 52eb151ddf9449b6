"""Which source cites, and which test proves, each rule of tests/data/fsm/rfc_map.md: docs/rfc-map.md is made of it."""
import os
import re

RULES = "tests/data/fsm/rfc_map.md"
MAP = "docs/rfc-map.md"
UNPROVEN = "tests/data/fsm/unproven_rules.txt"
SOURCES = ("libbgp/include", "libbgp/src", "bgpd")
TESTS = ("tests",)
PROVEN_OWNERS = ("wire", "fsm", "speaker", "net")  # a rule of theirs has a test, or a line in UNPROVEN

RULE = re.compile(r"^\| \[.\] \| (\d{4}-\d\d) \| (\w+) \| (.*?) \| ([^|]*?) \| ([^|]*?) \|$")
MARK = re.compile(r"^\s*(?://|#) Rules(?: of (\S+):)?((?:\s+\d{4}-\d\d)+)\s*$")
ANY_MARK = re.compile(r"^\s*(?://|#) Rules\b")
CPP_TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+),\s*(\w+)\)")
PYTHON_TEST = re.compile(r"^\s*def (\w+)\(")
CITED = re.compile(r"RFC (\d{3,4})((?:[ ,]+(?:and )?\d+(?:\.\d+)*(?: ?[a-k]\b)?(?: (?:Idle|Connect|Active|OpenSent|OpenConfirm"
                   r"|Established)\b)?)*)")
SECTION = re.compile(r"(\d+(?:\.\d+)*)(?: ?([a-k])\b)?(?: ([A-Z]\w+))?")


class Rule:
    def __init__(self, identity, level, requirement, section, owners):
        self.id, self.level, self.requirement, self.section = identity, level, requirement, section
        self.owners = owners.split()
        self.rfc = identity.split("-")[0]

    def sections(self):
        """(RFC, section) of each place it stands in; '7607 2' names another RFC than its id does."""
        m = re.match(r"(\d{4}) (.*)", self.section)
        rfc, text = (m.group(1), m.group(2)) if m else (self.rfc, self.section)
        return [(rfc, one) for one in sections_in(text)]


def sections_in(text):
    return [" ".join([m.group(1) + (m.group(2) or "")] + ([m.group(3)] if m.group(3) else []))
            for m in SECTION.finditer(text)]


def files(top, folders, *suffixes):
    found = []
    for folder in folders:
        for place, inside, names in os.walk(os.path.join(top, folder)):
            inside[:] = sorted(d for d in inside if d not in ("build", "__pycache__"))
            found += [os.path.relpath(os.path.join(place, n), top).replace(os.sep, "/") for n in names
                      if n.endswith(suffixes)]
    return sorted(found)


def lines(top, path):
    with open(os.path.join(top, path), encoding="utf-8") as f:
        return f.read().splitlines()


def read_rules(top):
    """(title of the RFC, its rules), in the order of the file."""
    groups = []
    for line in lines(top, RULES):
        if line.startswith("## "):
            groups.append((line[3:], []))
        elif m := RULE.match(line):
            groups[-1][1].append(Rule(*m.groups()))
    return groups


def read_unproven(top):
    """The rules that may do without a test for now: one a line, its id and why."""
    if not os.path.exists(os.path.join(top, UNPROVEN)):
        return {}
    return dict(line.split(None, 1) for line in lines(top, UNPROVEN) if line and not line.startswith("#"))


def read_marks(top, problems):
    """Rule -> the tests above which it stands; 'of ROW' names a row or a scenario that a TEST_P runs over."""
    marks = {}
    rows = "".join("\n".join(lines(top, path)) for path in files(top, ("tests/data",), ".jsonl"))
    for path in files(top, TESTS, ".cpp", ".py"):
        waiting = []
        text = lines(top, path)
        for number, line in enumerate(text, 1):
            if m := MARK.match(line):
                waiting += [(number, rule, m.group(1)) for rule in m.group(2).split()]
                if m.group(1) and f'"{m.group(1)}"' not in rows + "\n".join(text):
                    problems.append(f"{path}:{number}: no row '{m.group(1)}'")
            elif ANY_MARK.match(line):
                problems.append(f"{path}:{number}: not a list of rules like '// Rules 7606-05 4271-26'")
            elif waiting:
                test = test_named(line, path)
                if test:
                    for _, rule, row in waiting:
                        marks.setdefault(rule, set()).add(test + (f"/{row}" if row else ""))
                    waiting = []
                elif not line.lstrip().startswith(("//", "#", "@")):
                    problems.append(f"{path}:{waiting[0][0]}: rules above no test")
                    waiting = []
        if waiting:
            problems.append(f"{path}:{waiting[0][0]}: rules above no test")
    return marks


def test_named(line, path):
    if path.endswith(".py"):
        m = PYTHON_TEST.match(line)
        return m and f"{path.rsplit('/', 1)[-1][:-3]}.{m.group(1)}"
    m = CPP_TEST.match(line)
    return m and f"{m.group(1)}.{m.group(2)}"


def read_citations(top):
    """(RFC, section) -> the source files that cite it."""
    cited = {}
    for path in files(top, SOURCES, ".cpp", ".hpp"):
        for line in lines(top, path):
            for m in CITED.finditer(line):
                for section in sections_in(m.group(2)) or [""]:
                    cited.setdefault((m.group(1), section), set()).add(path)
    return cited


def citing(rfc, section, cited):
    """Files that cite just this section; where none does, its parts; for "8.2.2 Idle" and "3e" else "8.2.2" and "3"."""
    exact = cited.get((rfc, section), set())
    parts = {path for (r, s), paths in cited.items() if r == rfc and re.match(re.escape(section) + r"[.a-k ]", s)
             for path in paths}
    return sorted(exact or parts or cited.get((rfc, re.match(r"[\d.]*", section).group(0)), set()))


def section_order(place):
    rfc, section = place
    number = re.match(r"[\d.]*", section).group(0)
    return int(rfc), [int(n) for n in number.split(".") if n], section


def render(groups, cited, marks):
    out = ["# Rules of the RFCs, the code that follows them, the tests that prove them", "",
           f"Made by `tools/rfc-map --write` of `{RULES}` (what each rule says), the citations in the sources and the",
           "`// Rules` marks above the tests; do not edit. A house test fails when it is not what they say now.", ""]
    with_rules = {rfc for _, rules in groups for rule in rules for rfc, _ in rule.sections()}
    for title, rules in groups:
        places = {place for rule in rules for place in rule.sections()}
        places |= {place for place in cited if place[0] in {rfc for rfc, _ in places}}
        out += [f"## {title}", "", *section_table(places, cited)]
        out += ["", "| rule | section | level | requirement | owner | tests |", "| --- | --- | --- | --- | --- | --- |"]
        for rule in rules:
            tests = ", ".join(f"`{test}`" for test in sorted(marks.get(rule.id, ())))
            cells = [rule.id, rule.section, rule.level, rule.requirement, " ".join(rule.owners), tests]
            out.append("| " + " | ".join(cells) + " |")
        out.append("")
    others = {place for place in cited if place[0] not in with_rules}
    out += ["## Other RFCs", "", "No rules of them are listed yet.", "", *section_table(others, cited), ""]
    return "\n".join(out + missing(groups, marks)) + "\n"


def section_table(places, cited):
    rows = [f"| {rfc} {section} | {', '.join(f'`{path}`' for path in citing(rfc, section, cited))} |"
            for rfc, section in sorted(places, key=section_order) if section or (rfc, section) in cited]
    return ["| section | code that cites it |", "| --- | --- |", *rows]


def missing(groups, marks):
    rules = [rule for _, group in groups for rule in group]
    out = ["## Rules without a test", "", "| owner | rules | proven | without a test |", "| --- | --- | --- | --- |"]
    for owner in ("wire", "fsm", "speaker", "net", "rib"):
        own = [rule for rule in rules if owner in rule.owners]
        without = [rule.id for rule in own if rule.id not in marks]
        out.append(f"| {owner} | {len(own)} | {len(own) - len(without)} | {' '.join(without)} |")
    return out


def check(top):
    """(what is wrong, the text of the map): marks of unknown rules, rules without a test, lines that can go."""
    problems = []
    groups = read_rules(top)
    rules = {rule.id: rule for _, group in groups for rule in group}
    marks = read_marks(top, problems)
    unproven = read_unproven(top)
    for known in (marks, unproven):
        problems += [f"no rule {rule} in {RULES}: {' '.join(sorted(known[rule])) if known is marks else UNPROVEN}"
                     for rule in known if rule not in rules]
    for rule in rules.values():
        needs = any(owner in PROVEN_OWNERS for owner in rule.owners)
        if needs and rule.id not in marks and rule.id not in unproven:
            problems.append(f"{rule.id} has no test: {rule.requirement}")
        if rule.id in marks and rule.id in unproven:
            problems.append(f"{rule.id} has a test: it must leave {UNPROVEN} (tools/rfc-map --write)")
    return problems, render(groups, read_citations(top), marks)


def write(top):
    """Writes the map, and takes out of UNPROVEN what is proven now."""
    marks = read_marks(top, [])
    if os.path.exists(os.path.join(top, UNPROVEN)):
        # once each: a merge keeps the lines of both sides
        kept = dict.fromkeys(line for line in lines(top, UNPROVEN) if line.strip() and line.split()[0] not in marks)
        with open(os.path.join(top, UNPROVEN), "w", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in kept))
    with open(os.path.join(top, MAP), "w", encoding="utf-8") as f:
        f.write(check(top)[1])
