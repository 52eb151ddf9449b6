// Messages as JSON, by the component of the package that asks for Boost.JSON.
#include <boost/json/serialize.hpp>

#include "bgp/json/messages.hpp"
#include "bgp/wire/notification.hpp"

int main() {
  const auto json = to_json(bgp::Notification{bgp::ErrorCode::Cease, bgp::cease::kAdministrativeReset, {}});

  return json.at("code") == 6 && boost::json::serialize(json).starts_with(R"({"type":"NOTIFICATION")") ? 0 : 1;
}
