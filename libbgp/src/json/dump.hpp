// json/dump.hpp
//
// The names in a dump, for both ways. Private to the JSON layer.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "bgp/session/recorder.hpp"

namespace bgp::dump_names {

inline constexpr std::array<std::pair<Timer, std::string_view>, 5> kTimers{{{Timer::ConnectRetry, "ConnectRetry"},
                                                                            {Timer::Hold, "Hold"},
                                                                            {Timer::Keepalive, "Keepalive"},
                                                                            {Timer::DelayOpen, "DelayOpen"},
                                                                            {Timer::SendHold, "SendHold"}}};

inline constexpr std::array<std::pair<QuietRun::Kind, std::string_view>, 6> kQuiet{
    {{QuietRun::Kind::KeepaliveDue, "keepalive_due"},
     {QuietRun::Kind::KeepaliveReceived, "keepalive_received"},
     {QuietRun::Kind::UpdateReceived, "update_received"},
     {QuietRun::Kind::RefreshReceived, "refresh_received"},
     {QuietRun::Kind::MessageSent, "message_sent"},
     {QuietRun::Kind::Heard, "heard"}}};

}  // namespace bgp::dump_names
