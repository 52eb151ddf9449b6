// A recording played again: the same inputs against a copy of the same supervisor give the same states.
#include <algorithm>

#include "bgp/session/recorder.hpp"

namespace bgp {

namespace {

class Replayer {
 public:
  explicit Replayer(const Recording& recording) : recording_(recording), supervisor_(*recording.tail) {}

  Replay play() {
    for (const Record& record : recording_.records) {
      if (record.number < recording_.tail_number) continue;
      if (record.is_input()) tell(record);
      quiet_runs_after(record.number);
    }
    return {std::move(changes_), std::move(supervisor_)};
  }

 private:
  void tell(const Record& record) {
    Effects effects;
    std::visit([&](const auto& what) { tell(record, what, effects); }, record.what);
    for (const Effect& effect : effects) {
      const auto* change = std::get_if<effect::StateChanged>(&effect);
      if (change == nullptr) continue;
      changes_.push_back({0, record.time, change->connection, change->direction,
                          record::Changed{change->from, change->to, change->event}});
    }
  }

  void tell(const Record& r, const record::Started&, Effects& effects) { supervisor_.start(r.time, effects); }
  void tell(const Record& r, const record::Stopped& what, Effects& effects) {
    if (what.automatic) {
      supervisor_.stop_automatically(what.stop, r.time, effects);
    } else {
      supervisor_.stop(what.stop, r.time, effects);
    }
  }
  void tell(const Record& r, const record::Accepted&, Effects& effects) {
    static_cast<void>(supervisor_.accepted(r.time, effects));
  }
  void tell(const Record& r, const record::OpenReceived& what, Effects& effects) {
    if (auto terms = negotiate(what.opens->sent.unpack(), what.opens->received.unpack(), *recording_.config)) {
      supervisor_.open(r.connection, what.opens->received, *std::move(terms), r.time, effects);
    }
  }
  void tell(const Record& r, const record::Failed&, Effects& effects) {
    supervisor_.handle(r.connection, event::TcpConnectionFails{}, r.time, effects);
  }
  void tell(const Record& r, const record::Happened& what, Effects& effects) {
    supervisor_.handle(r.connection, what.event, r.time, effects);
  }
  void tell(const Record& r, const record::TimedOut&, Effects& effects) { supervisor_.handle_timeout(r.time, effects); }
  // decisions come by themselves
  template <class Decision>
  void tell(const Record&, const Decision&, Effects&) {}

  // Only the last event of each kind is visible in the deadlines, but each restart of the KeepaliveTimer took a factor
  // of the jitter.
  void quiet_runs_after(std::uint64_t number) {
    std::vector<QuietRun> runs;
    std::ranges::copy_if(recording_.quiet, std::back_inserter(runs),
                         [number](const QuietRun& run) { return run.after == number; });
    std::ranges::sort(runs, {}, &QuietRun::order);
    for (const QuietRun& run : runs) {
      for (std::uint64_t i = 0; i < run.count; ++i) repeat(run);
    }
  }

  void repeat(const QuietRun& run) {
    Effects effects;
    switch (run.kind) {
      case QuietRun::Kind::KeepaliveDue:
        supervisor_.handle(run.connection, event::KeepaliveTimerExpires{}, run.last, effects);
        break;
      case QuietRun::Kind::KeepaliveReceived:
        supervisor_.handle(run.connection, event::KeepAliveMsg{}, run.last, effects);
        break;
      case QuietRun::Kind::UpdateReceived:
        supervisor_.handle(run.connection, event::UpdateMsg{}, run.last, effects);
        break;
      case QuietRun::Kind::RefreshReceived:
        supervisor_.handle(run.connection, event::RouteRefreshMsg{}, run.last, effects);
        break;
      case QuietRun::Kind::Heard: supervisor_.heard(run.connection, run.last); break;
      case QuietRun::Kind::MessageSent: supervisor_.message_sent(run.connection, run.sent, run.last); break;
    }
  }

  const Recording& recording_;
  Supervisor supervisor_;
  std::vector<Record> changes_;
};

}  // namespace

Replay replay(const Recording& recording) { return Replayer(recording).play(); }

}  // namespace bgp
