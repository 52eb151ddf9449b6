// wire/update_text.cpp
//
// An UPDATE's effect for people: one line a group, then what was wrong.
#include "append_text.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {
namespace {

void append_nlri(std::string& text, const NlriView& nlri) {
  if (!is_prefix_family(nlri.family())) {
    const char* before = " ";
    for (const AnyNlri& one : nlri.any_as_written()) {
      text += before + to_string(one);
      before = ", ";
    }
    return;
  }
  for (const Nlri& one : nlri) {
    text += ' ';
    append_text(text, one);
  }
}

}  // namespace

std::string to_string(const UpdateView& update) {
  std::string text;
  for (const UnreachableGroup& group : update.unreachable()) {
    text += "unreachable " + to_string(group.family);
    append_nlri(text, group.nlri);
    text += '\n';
  }
  for (const ReachableGroup& group : update.reachable()) {
    text += "reachable " + to_string(group.family);
    append_nlri(text, group.nlri);
    text += ": ";
    append_text(text, update.path_attributes(group));
    text += '\n';
  }
  if (const auto family = update.end_of_rib()) text += "end-of-rib " + to_string(*family) + '\n';
  for (const UpdateError& error : update.errors()) text += to_string(error) + '\n';
  if (update.error_count() > update.errors().size()) {
    text += "and " + std::to_string(update.error_count() - update.errors().size()) + " more errors\n";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace bgp
