#include "tools/bgpcap/explain.hpp"

#include <algorithm>
#include <ostream>
#include <ranges>

#include "bgp/session/compare_opens.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/verdict.hpp"

namespace bgp::cap {
namespace {

using test::Capture;
using test::CapturedConnection;

class Narrator {
 public:
  Narrator(const Story& story, const std::vector<Story>& all, const Capture& capture, Time start, std::ostream& out)
      : story_(story),
        all_(all),
        capture_(capture),
        connection_(capture.connections()[story.index]),
        start_(start),
        out_(out) {}

  void tell() {
    out_ << "stream " << connection_.stream << ": " << who(0) << " and " << who(1) << '\n';
    beginning();
    offers();
    life();
    ending();
  }

 private:
  [[nodiscard]] std::string name(std::size_t side) const { return name_of(connection_, side); }
  [[nodiscard]] std::string who(std::size_t side) const {
    const auto& open = connection_.sides[side].open;
    return name(side) + (open ? " (AS " + std::to_string(open->asn()) + ')' : "");
  }
  /// "  #12 0.012345 ".
  std::ostream& at(const Moment& moment) {
    std::string text;
    append_seconds(text, moment.time - start_);
    return out_ << "  #" << moment.frame << ' ' << text << ' ';
  }

  void beginning();
  void offers();
  void life();
  void refreshes();
  void part_of(std::size_t side);
  void malformed();
  void ending();

  const Story& story_;
  const std::vector<Story>& all_;
  const Capture& capture_;
  const CapturedConnection& connection_;
  Time start_;
  std::ostream& out_;
};

void Narrator::beginning() {
  const StorySide& dials = story_.sides[0];
  if (!dials.syn) {
    out_ << "  the capture begins within the connection\n";
    return;
  }
  at(dials.syn) << name(0) << " opens the connection to port " << connection_.ends[1].port;
  if (connection_.sides[0].has_key) out_ << ", signed (TCP MD5 or TCP-AO)";
  if (dials.syns > 1) out_ << ", and tries " << dials.syns << " times";
  out_ << '\n';
  if (story_.sides[1].answered) at(story_.sides[1].syn) << name(1) << " takes it\n";
}

void Narrator::offers() {
  std::array<std::size_t, 2> order{0, 1};
  if (story_.sides[1].open.frame < story_.sides[0].open.frame) order = {1, 0};
  for (const std::size_t side : order) {
    if (!story_.sides[side].open) continue;
    at(story_.sides[side].open) << name(side) << " offers ";
    const auto& open = connection_.sides[side].open;
    out_ << (open ? to_string(*open) : "an OPEN that cannot be read") << '\n';
  }
  if (!connection_.sides[0].open || !connection_.sides[1].open) return;
  std::string agreed, missing;
  for (const NegotiationItem& item : compare_opens(*connection_.sides[0].open, *connection_.sides[1].open).items) {
    if (item.agreed) {
      agreed += (agreed.empty() ? "" : ", ") + item.feature;
    } else {
      missing += "    not agreed: " + item.feature + ": " + item.reason + '\n';
    }
  }
  out_ << "    (" << name(0) << " is the first, " << name(1)
       << " the second)\n    agreed: " << (agreed.empty() ? "nothing" : agreed) << '\n'
       << missing;
}

void Narrator::life() {
  if (story_.up)
    at(story_.up) << "the session is up, " << seconds_text(story_.up.time - story_.first.time) << " after it began\n";
  refreshes();
  for (const std::size_t side : {0U, 1U}) part_of(side);
  malformed();
}

void Narrator::refreshes() {
  constexpr std::size_t kMost = 12;
  for (const Story::Refresh& one : story_.refreshes | std::views::take(kMost)) {
    at(one.at) << name(one.side);
    switch (one.message.subtype) {
      case RefreshSubtype::BeginningOfRefresh: out_ << " begins to tell all of "; break;
      case RefreshSubtype::EndOfRefresh: out_ << " has told all of "; break;
      default: out_ << " asks again for "; break;
    }
    out_ << to_string(one.message.family);
    if (one.message.subtype == RefreshSubtype::BeginningOfRefresh) out_ << " again (BoRR)";
    if (one.message.subtype == RefreshSubtype::EndOfRefresh) out_ << " (EoRR)";
    out_ << '\n';
  }
  if (story_.refreshes.size() > kMost) {
    out_ << "    and " << story_.refreshes.size() - kMost << " ROUTE-REFRESH messages more\n";
  }
}

void Narrator::part_of(std::size_t side) {
  const StorySide& one = story_.sides[side];
  if (story_.up) {
    out_ << "    " << name(side) << ": " << one.messages[2] << " UPDATEs, " << one.prefixes
         << " prefixes at the end; longest silence " << seconds_text(one.longest_silence);
    if (story_.hold_time && *story_.hold_time != 0) out_ << " of a hold time of " << *story_.hold_time << " s";
    if (one.longest > kMaxMessageSize) out_ << "; longest message " << one.longest << " octets";
    out_ << '\n';
  }
  if (one.missing != 0) out_ << "    " << one.missing << " octets of " << name(side) << " are missing in the capture\n";
  if (!one.retransmissions.empty()) {
    out_ << "    " << name(side) << " sent again " << one.retransmissions.size() << " times\n";
  }
}

void Narrator::malformed() {
  if (!story_.malformed) return;
  const Story::Malformed& wrong = *story_.malformed;
  at(wrong.at) << name(wrong.side) << " sends a malformed message: " << wrong.reason << '\n';
  std::string octets;
  const std::size_t from = wrong.offset.value_or(0);
  append_hex(octets, wrong.octets.subspan(from, std::min<std::size_t>(wrong.octets.size() - from, 48)));
  out_ << "    from octet " << from << " on: " << octets << '\n';
}

void Narrator::ending() {
  if (story_.notification) {
    at(story_.notification->at) << name(story_.notification->side) << " sends NOTIFICATION "
                                << to_string(story_.notification->notification) << '\n';
  }
  const Verdict verdict = verdict_on(story_, all_, capture_);
  out_ << "  ended by: " << verdict.ended_by << "\n  rule: " << verdict.rule << "\n  frame: " << verdict.frame
       << "\n  to do: " << verdict.remedy << '\n';
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

using Row = std::vector<std::string>;

std::string when(const Moment& moment, Time start) {
  std::string text;
  if (!moment) return "-";
  append_seconds(text, moment.time - start);
  return text.substr(0, text.size() - 3);
}

/// "A / B" of a value of each side; one when both are the same.
template <class Get>
std::string both(Get get) {
  const std::string a = get(0);
  const std::string b = get(1);
  return a == b ? a : a + " / " + b;
}

/// What both agree on beside the families, without the direction: "four-octet-AS,route-refresh".
std::string agreed_in(const NegotiationReport& report) {
  std::vector<std::string> features;
  for (const NegotiationItem& item : report.items) {
    std::string feature = item.feature;
    const auto is_family = [&](Family family) { return to_string(family) == feature; };
    if (!item.agreed || feature == "session" || feature == "hold time") continue;
    if (std::ranges::any_of(report.first.families, is_family)) continue;
    for (const char* direction : {" to first", " to second", " of first", " of second"}) {
      if (feature.ends_with(direction)) feature.resize(feature.size() - std::string_view(direction).size());
    }
    std::ranges::replace(feature, ' ', '-');
    if (std::ranges::find(features, feature) == features.end()) features.push_back(feature);
  }
  std::string text;
  for (const std::string& feature : features) text += (text.empty() ? "" : ",") + feature;
  return text;
}

Row row_of(const Story& story, const std::vector<Story>& all, const Capture& capture, Time start) {
  const CapturedConnection& one = capture.connections()[story.index];
  const auto of_open = [&](auto get) {
    return both([&](std::size_t side) { return one.sides[side].open ? get(*one.sides[side].open) : std::string("?"); });
  };
  std::string families = "?";
  std::string agreed = "?";
  if (one.sides[0].open && one.sides[1].open) {
    const NegotiationReport report = compare_opens(*one.sides[0].open, *one.sides[1].open);
    families.clear();
    for (const Family family : report.first.families) families += (families.empty() ? "" : ",") + to_string(family);
    agreed = agreed_in(report);
  }
  const Moment down = story.notification ? story.notification->at : Moment{};
  return {std::to_string(one.stream),
          name_of(one, 0) + " > " + name_of(one, 1),
          of_open([](const OpenMessage& open) { return std::to_string(open.asn()); }),
          of_open([](const OpenMessage& open) { return to_string(open.identifier); }),
          families.empty() ? "none" : families,
          story.hold_time ? std::to_string(*story.hold_time) : "?",
          when(story.up, start),
          when(down                 ? down
               : story.sides[0].fin ? story.sides[0].fin
                                    : story.sides[1].fin,
               start),
          both([&](std::size_t side) {
            std::size_t sum = 0;
            for (const std::size_t count : story.sides[side].messages) sum += count;
            return std::to_string(sum);
          }),
          both([&](std::size_t side) { return std::to_string(story.sides[side].prefixes); }),
          story.up ? both([&](std::size_t side) { return seconds_text(story.sides[side].longest_silence); }) : "-",
          verdict_on(story, all, capture).short_form,
          agreed.empty() ? "nothing" : agreed};
}

Time start_of(const Capture& capture) { return capture.items().empty() ? Time{} : capture.items().front().time; }

}  // namespace

void print_sessions(const Capture& capture, const Filter& filter, std::ostream& out) {
  const auto stories = stories_of(capture);
  std::vector<Row> rows{{"stream", "ends", "AS", "identifier", "families", "hold", "up", "down", "messages", "prefixes",
                         "silence", "ended", "agreed"}};
  for (const Story& story : stories) {
    if (filter.passes(capture.connections()[story.index]))
      rows.push_back(row_of(story, stories, capture, start_of(capture)));
  }
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) out << padded(row[i], widths[i] + 2);
    out << row.back() << '\n';
  }
}

void print_explanations(const Capture& capture, const Filter& filter, std::ostream& out) {
  const auto stories = stories_of(capture);
  bool first = true;
  for (const Story& story : stories) {
    if (!filter.passes(capture.connections()[story.index])) continue;
    if (!first) out << '\n';
    first = false;
    Narrator(story, stories, capture, start_of(capture), out).tell();
  }
}

}  // namespace bgp::cap
