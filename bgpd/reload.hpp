// bgpd/reload.hpp
//
// Taking over another configuration while bgpd runs: by SIGHUP or through the API (bgpc reload).
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "bgpd/config.hpp"

namespace bgp::daemon {

/// Reads the configuration again, from where it was read first.
using ConfigSource = std::function<LoadedConfig()>;

/// What became different, a line each; or what is wrong with the new configuration, and all is as it was.
using Reloaded = std::expected<std::vector<std::string>, std::vector<std::string>>;

/// Cease/6 (RFC 4486 4): what the session agreed on is not as we want it any more.
inline const Stop kOtherConfiguration{cease::kOtherConfigurationChange, {}, false};

}  // namespace bgp::daemon
