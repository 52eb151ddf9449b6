"""Who may include whom, and what the sans-I/O layers may not even name.

    export <- result <- wire <- session <- net <- bgpd, tools, tests
                                       <- testing <- tools, tests
                                session <- json <- bgpd, tools, tests

Public headers show what they declare (bgp/export.hpp).
wire and session: the standard library only, and of it nothing that has a clock, chance, a thread or a file.
testing: also libpcap, Boost.Iostreams and Boost.Container; no other layer of the library may use it.
net: also Boost.Asio and the system's headers. json: Boost.JSON. Boost.Beast, spdlog, toml++ and CLI11: bgpd and tools.
"""
import re

import tree

STANDARD = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint
cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution expected filesystem forward_list fstream
functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory
memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore
set shared_mutex source_location span spanstream sstream stack stacktrace stdexcept stop_token streambuf string
string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set
utility valarray variant vector version
""".split())

IMPURE = set("""
atomic barrier condition_variable cstdio ctime execution filesystem fstream future iostream latch mutex random
semaphore shared_mutex stop_token syncstream thread
""".split())

SYSTEM = re.compile(r"(sys|netinet|arpa|net|linux)/\w+\.h|(unistd|malloc|fcntl|poll|errno|ifaddrs|netdb|signal|endian)\.h")

# Session::now() is not a clock: it gives back the time that it was told last.
FORBIDDEN_WORDS = re.compile(
    r"(?:(?<!\bSession)::\s*now\s*\(|\b(?:steady_clock|system_clock|high_resolution_clock|random_device|mt19937(?:_64)?|default_random_engine"
    r"|std::rand|srand|getenv|this_thread|std::j?thread|std::(?:shared_)?mutex|std::async|socket\s*\())")

ORDER = ["export", "result", "wire", "session", "net"]  # each may include itself and what stands before it

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)


def layer_of(path):
    """The layer a file belongs to; None: not C++ of ours that has a rule."""
    m = re.match(r"libbgp/(?:include/bgp|src)/(\w+)/", path)
    if m:
        return m.group(1)
    m = re.fullmatch(r"libbgp/include/bgp/(export|result)\.hpp", path)
    if m:
        return m.group(1)
    if path.startswith("libbgp/include/bgp/"):
        return "umbrella"
    if path.startswith("libbgp/examples/"):
        return "examples"
    first = path.split("/")[0]
    return first if first in ("bgpd", "tools", "tests") else None


def kind_of(header):
    """What sort of header an include names."""
    if header in STANDARD:
        return "standard"
    if header.startswith("bgp/"):
        inside = layer_of("libbgp/include/" + header)
        return "umbrella" if inside == "umbrella" else "bgp " + inside
    for prefix, kind in (("boost/", "boost"), ("spdlog/", "spdlog"), ("toml++/", "toml++"), ("CLI/", "CLI11"),
                         ("gtest/", "googletest"), ("gmock/", "googletest"), ("benchmark/", "benchmark"),
                         ("bgpd/", "bgpd"), ("tools/", "tools"), ("pcap/", "pcap")):
        if header.startswith(prefix):
            return kind
    if SYSTEM.fullmatch(header):
        return "system"
    return "private"


def allowed_kinds(layer):
    if layer == "testing":
        return {"standard", "boost", "pcap", "private"} | {"bgp " + name for name in (*ORDER[:4], "testing")}
    if layer in ORDER:
        kinds = {"standard"} | {"bgp " + lower for lower in ORDER[:ORDER.index(layer) + 1]}
        if layer in ("export", "result"):
            return kinds
        return kinds | ({"boost", "system", "private"} if layer == "net" else {"private"})
    if layer == "json":
        return {"standard", "boost", "private"} | {"bgp " + name for name in (*ORDER[:4], "json")}
    library = {"standard", "umbrella"} | {"bgp " + name for name in ORDER}
    if layer == "umbrella":
        return library - {"umbrella"}
    library = library | {"bgp json"}
    if layer == "examples":
        return library | {"boost", "bgp testing"}
    above = library | {"bgp testing", "boost", "system", "bgpd", "private"}
    if layer in ("bgpd", "tools"):
        return above | {"spdlog", "toml++", "CLI11", "pcap"} | ({"tools"} if layer == "tools" else set())
    return above | {"tools", "googletest", "benchmark", "pcap", "toml++"}


UNSHOWN = re.compile(r"^namespace bgp\b(?! BGP_EXPORT \{)", re.MULTILINE)


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_file(top, path, known):
    layer = layer_of(path)
    if layer is None:
        return []
    problems = []
    text = tree.read(top, path)
    for m in INCLUDE.finditer(text):
        header, where = m.group(2), f"{path}:{line_of(text, m.start())}"
        kind = kind_of(header)
        if kind not in allowed_kinds(layer):
            problems.append(f"{where}: {layer} includes {header} ({kind})")
        elif kind == "private" and layer in [*ORDER, "testing", "json"] and not private_to(path, header, known):
            problems.append(f"{where}: {layer} includes {header}, which is neither the standard library's nor its own")
        elif layer in ("wire", "session") and header in IMPURE:
            problems.append(f"{where}: {layer} includes <{header}>: time, chance, threads and files come from outside")
        elif layer == "json" and kind == "boost" and not header.startswith("boost/json"):
            problems.append(f"{where}: json includes {header}; of Boost it has JSON only")
        elif layer == "testing" and kind == "boost" and not header.startswith(("boost/iostreams", "boost/container")):
            problems.append(f"{where}: testing includes {header}; of Boost it has Iostreams and Container only")
        elif layer == "net" and kind == "boost" and not header.startswith(("boost/asio", "boost/system")):
            problems.append(f"{where}: net includes {header}; of Boost it has Asio only")
    for m in UNSHOWN.finditer(text if path.startswith("libbgp/include/") else ""):
        problems.append(f"{path}:{line_of(text, m.start())}: what this namespace declares is hidden: BGP_EXPORT")
    if layer in ("wire", "session"):
        code = NOT_CODE.sub(blank, text)
        for m in FORBIDDEN_WORDS.finditer(code):
            problems.append(f"{path}:{line_of(code, m.start())}: {layer} names {m.group(0)}")
    return problems


def private_to(path, header, known):
    """A header in the same src folder as the source that includes it."""
    folder = path.rsplit("/", 1)[0]
    return path.startswith("libbgp/src/") and "/" not in header and f"{folder}/{header}" in known


def check(top):
    """Every violation under `top`, as 'file:line: what'."""
    known = set(tree.files(top, ".hpp", ".cpp", ".h"))
    return [problem for path in sorted(known) for problem in check_file(top, path, known)]
