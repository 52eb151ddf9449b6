#include "tools/bgpcap/capture_decode.hpp"

#include <array>
#include <map>
#include <ostream>

#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

using test::Capture;
using test::CapturedConnection;
using test::CapturedItem;
using Kind = CapturedItem::Kind;

constexpr std::size_t kBuffer = std::size_t{256} * 1024;

/// Whether a decoder of messages has to say it: what only TCP knows is for `sessions` and `explain`.
bool concerns_messages(Kind kind) {
  switch (kind) {
    case Kind::Message:
    case Kind::HeaderError:
    case Kind::Unaligned:
    case Kind::Gap:
    case Kind::Cut: return true;
    default: return false;
  }
}

/// What a session would say to a header; it was refused, so there is something.
Notification header_error(BytesView octets) {
  Framer framer;
  const auto message = framer.next(octets);
  return message ? Notification{ErrorCode::MessageHeader, header_error::kBadMessageLength, {}} : message.error();
}

class Printer {
 public:
  Printer(const Capture& capture, const Filter& filter, const CaptureStyle& style, std::ostream& out)
      : capture_(capture), filter_(filter), style_(style), out_(out) {
    for (const CapturedConnection& one : capture.connections()) {
      passes_.push_back(filter.passes(one));
      terms_.push_back({one.sides[0].terms, one.sides[1].terms});
      for (test::CapturedTerms& terms : terms_.back()) style.given.apply(terms);
      const std::string first = to_string(one.ends[0]);
      const std::string second = to_string(one.ends[1]);
      ways_.push_back({" " + first + " > " + second + " ", " " + second + " > " + first + " "});
    }
    if (!capture.items().empty()) first_ = capture.items().front().time;
  }

  bool run() {
    style_.form == Form::Json ? head() : say_given();
    for (const CapturedItem& item : capture_.items()) {
      if (!passes_[item.connection] || !concerns_messages(item.kind)) continue;
      const test::CapturedTerms& terms = terms_[item.connection][item.side];
      if (item.is_message() ? !filter_.passes(item.message(), terms.context) : !filter_.passes_others()) continue;
      ++number_;
      if (style_.form == Form::Json) {
        json(item, terms);
      } else {
        text(item, terms);
      }
      if (text_.size() > kBuffer) flush();
    }
    flush();
    return good_;
  }

 private:
  void flush() {
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
  }

  void head();
  void stream(std::size_t index);
  void json(const CapturedItem& item, const test::CapturedTerms& terms);
  void text(const CapturedItem& item, const test::CapturedTerms& terms);
  void say_given();
  void say_inferred(const CapturedItem& item, const test::CapturedTerms& terms);

  const Capture& capture_;
  const Filter& filter_;
  CaptureStyle style_;
  std::ostream& out_;
  std::vector<bool> passes_;
  std::vector<std::array<test::CapturedTerms, 2>> terms_;
  std::vector<std::array<std::string, 2>> ways_;  // " A > B ", of the first end and of the second
  std::vector<std::array<bool, 2>> said_ = std::vector<std::array<bool, 2>>(capture_.connections().size());
  std::chrono::nanoseconds first_{};
  std::string text_;
  std::size_t number_ = 0;
  bool good_ = true;
};

using Counts = std::map<std::string_view, std::size_t>;

void append_counts(std::string& out, const Counts& counts) {
  out += '{';
  for (const auto& [type, count] : counts) {
    if (out.back() != '{') out += ',';
    append_quoted(out, type);
    out += ':';
    append(out, count);
  }
  out += '}';
}

/// As a JSON array.
void append_list(std::string& out, const std::vector<std::string>& list) {
  out += '[';
  for (const std::string& one : list) {
    if (out.back() != '[') out += ',';
    append_quoted(out, one);
  }
  out += ']';
}

void Printer::head() {
  Counts counts;
  std::size_t messages = 0;
  for (const CapturedItem& item : capture_.items()) {
    if (!item.is_message()) continue;
    ++counts[type_name(item.type)];
    ++messages;
  }
  text_ += "{\"kind\":\"capture\",\"frames\":";
  append(text_, capture_.frames());
  text_ += ",\"messages\":";
  append(text_, messages);
  text_ += ",\"by_type\":";
  append_counts(text_, counts);
  text_ += ",\"streams\":[";
  for (std::size_t i = 0; i < capture_.connections().size(); ++i) {
    if (i != 0) text_ += ',';
    stream(i);
  }
  text_ += ']';
  if (const auto given = style_.given.words(); !given.empty()) {
    text_ += ",\"given\":";
    append_list(text_, given);
  }
  if (!capture_.problem().empty()) {
    text_ += ",\"problem\":";
    append_quoted(text_, capture_.problem());
  }
  text_ += "}\n";
}

void Printer::stream(std::size_t index) {
  const CapturedConnection& one = capture_.connections()[index];
  text_ += "{\"stream\":";
  append(text_, one.stream);
  text_ += ",\"ends\":[\"";
  append_end(text_, one.ends[0]);
  text_ += "\",\"";
  append_end(text_, one.ends[1]);
  text_ += "\"],\"opens_seen\":";
  append(text_,
         static_cast<unsigned>(one.sides[0].open.has_value()) + static_cast<unsigned>(one.sides[1].open.has_value()));
  const bool known = one.sides[0].open && one.sides[1].open;
  text_ += ",\"as4\":";
  const bool width = known || style_.given.as_width;
  text_ += !width ? "null" : terms_[index][0].context.four_octet_as ? "true" : "false";
  text_ += ",\"ext_msg\":";
  text_ += !known                                                                       ? "null"
           : one.sides[0].terms.extended_message && one.sides[1].terms.extended_message ? "true"
                                                                                        : "false";
  for (const std::size_t side : {0U, 1U}) {
    if (terms_[index][side].inferred.empty()) continue;
    text_ += side == 0 ? ",\"inferred_of_first\":" : ",\"inferred_of_second\":";
    append_list(text_, terms_[index][side].inferred);
  }
  text_ += '}';
}

void Printer::json(const CapturedItem& item, const test::CapturedTerms& terms) {
  const CapturedConnection& connection = capture_.connection_of(item);
  text_ += "{\"kind\":\"";
  text_ += item.is_message() ? "msg" : name_of(item.kind);
  text_ += "\",\"i\":";
  append(text_, number_);
  text_ += ",\"frame\":";
  append(text_, item.frame);
  text_ += ",\"time\":";
  append_seconds(text_, item.time);
  text_ += ",\"stream\":";
  append(text_, connection.stream);
  text_ += ",\"from\":\"";
  append_end(text_, connection.ends[item.side]);
  text_ += "\",\"to\":\"";
  append_end(text_, connection.ends[1U - item.side]);
  text_ += "\",";
  if (item.is_message()) {
    good_ = append_wire_json(text_, item.message(), terms.context, terms.enhanced_refresh) && good_;
  } else if (item.kind == Kind::Gap) {
    text_ += "\"octets\":";
    append(text_, item.count);
  } else {
    text_ += "\"hex\":\"";
    append_hex(text_, item.octets);
    text_ += '"';
    if (item.kind == Kind::HeaderError) append_error(text_, header_error(item.octets));
    good_ = good_ && item.kind != Kind::HeaderError;
  }
  text_ += "}\n";
}

const char* color_of(const CapturedItem& item) {
  return item.is_message() ? cap::color_of(item.type) : cap::color_of(MessageType::Notification);
}

void Printer::say_given() {
  const auto given = style_.given.words();
  for (const std::string& what : given) {
    text_.append(&what == &given.front() ? "as the command line says, whatever the OPENs do: " : ", ").append(what);
  }
  if (!given.empty()) text_ += '\n';
}

/// Before the first message of a side of which something had to be guessed.
void Printer::say_inferred(const CapturedItem& item, const test::CapturedTerms& terms) {
  if (terms.inferred.empty() || item.type != MessageType::Update || said_[item.connection][item.side]) return;
  said_[item.connection][item.side] = true;
  text_ += "  taken from the messages, for the OPENs are not in the capture:";
  for (const std::string& what : terms.inferred)
    text_.append(&what == &terms.inferred.front() ? " " : ", ").append(what);
  text_ += '\n';
}

void Printer::text(const CapturedItem& item, const test::CapturedTerms& terms) {
  text_ += '#';
  append(text_, item.frame);
  text_ += ' ';
  append_seconds(text_, item.time - first_);
  text_ += ways_[item.connection][item.side];
  if (style_.colors) text_ += color_of(item);
  if (item.is_message()) {
    text_.append(type_name(item.type)).append(", ");
    append(text_, item.octets.size());
    text_ += " octets";
  } else if (item.kind == Kind::Gap) {
    append(text_, item.count);
    text_ += " octets are missing in the capture";
  } else {
    text_ += item.kind == Kind::HeaderError ? "no message: "
             : item.kind == Kind::Cut       ? "unfinished message: "
                                            : "within a message: ";
    append(text_, item.octets.size());
    text_ += " octets ";
    append_hex(text_, item.octets.first(std::min<std::size_t>(item.octets.size(), 32)));
  }
  if (style_.colors) text_ += kNoColor;
  text_ += '\n';
  if (item.is_message()) {
    good_ = append_body(text_, item.message(), terms.context, terms.enhanced_refresh) && good_;
    say_inferred(item, terms);
  } else if (item.kind == Kind::HeaderError) {
    good_ = false;
    text_ += "  error: NOTIFICATION " + to_string(header_error(item.octets)) + '\n';
  }
}

}  // namespace

bool decode_capture(const Capture& capture, const Filter& filter, const CaptureStyle& style, std::ostream& out) {
  const bool good = Printer(capture, filter, style, out).run();
  if (style.form == Form::Text && !capture.problem().empty())
    out << "the file ends early: " << capture.problem() << '\n';
  return good && capture.problem().empty();
}

}  // namespace bgp::cap
