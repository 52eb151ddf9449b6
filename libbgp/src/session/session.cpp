#include "bgp/session/session.hpp"

#include "engine.hpp"

namespace bgp {

Session::Session(PeerConfig config, PeerHandler& handler, Jitter jitter)
    : engine_(std::make_unique<Engine>(*this, std::make_shared<const PeerConfig>(std::move(config)), handler, jitter)) {
}
Session::~Session() = default;

void Session::start(TimePoint now) { engine_->start(now); }
void Session::stop(const Stop& stop, TimePoint now) { engine_->stop(stop, now); }
void Session::reset(const Stop& stop, TimePoint now) { engine_->reset(stop, now); }
void Session::stop_automatically(const Stop& stop, TimePoint now) { engine_->stop_automatically(stop, now); }
ConfigChange Session::configure(PeerConfig config, TimePoint now) { return engine_->configure(std::move(config), now); }
void Session::want_write() { engine_->want_write(); }
void Session::set_reading(bool reading, TimePoint now) { engine_->set_reading(reading, now); }
bool Session::request_refresh(Family family) { return engine_->request_refresh(family, std::nullopt); }
bool Session::request_refresh(Family family, const OrfRefresh& filters) {
  return engine_->request_refresh(family, filters);
}

ConnectionId Session::accepted(const Endpoints& endpoints, TimePoint now) { return engine_->accepted(endpoints, now); }
void Session::connected(ConnectionId connection, const Endpoints& endpoints, TimePoint now) {
  engine_->connected(connection, endpoints, now);
}
void Session::disconnected(ConnectionId connection, std::string_view detail, TimePoint now) {
  engine_->disconnected(connection, detail, now);
}
void Session::received(ConnectionId connection, BytesView octets, TimePoint now) {
  engine_->received(connection, octets, now);
}
std::size_t Session::read_room(ConnectionId connection, TimePoint now) const {
  return engine_->read_room(connection, now);
}
void Session::input_waits(ConnectionId connection, TimePoint now) { engine_->input_waits(connection, now); }
std::size_t Session::transmit_buffers(ConnectionId connection, std::span<BytesView> buffers) const {
  return engine_->transmit_buffers(connection, buffers);
}
void Session::transmitted(ConnectionId connection, std::size_t octets, TimePoint now) {
  engine_->transmitted(connection, octets, now);
}
std::optional<Command> Session::poll_command() { return engine_->poll_command(); }
std::optional<TimePoint> Session::poll_timeout() const { return engine_->poll_timeout(); }
void Session::handle_timeout(TimePoint now) { engine_->handle_timeout(now); }
void Session::prefetch(Prefetch what) const noexcept { engine_->prefetch(what); }

State Session::state() const { return engine_->supervisor().foremost().fsm.state(); }
bool Session::started() const { return engine_->supervisor().started(); }
const PeerConfig& Session::config() const { return engine_->config(); }
Recording Session::recording(TimePoint now) const { return engine_->recording(now); }
TimePoint Session::now() const { return engine_->now(); }
std::uint32_t Session::connect_retry_counter() const { return engine_->supervisor().connect_retry_counter(); }

bool Session::reading() const { return engine_->reading(); }
Duration Session::hold_extended_by() const { return engine_->hold_extended_by(); }

const Negotiated* Session::negotiated() const {
  const Supervisor::Link& link = engine_->supervisor().foremost();
  return link.fsm.state() == State::Established ? &*link.negotiated : nullptr;
}

std::optional<TimePoint> Session::deadline(Timer timer) const {
  const Supervisor& supervisor = engine_->supervisor();
  return timer == Timer::IdleHold ? supervisor.idle_hold_deadline() : supervisor.foremost().fsm.deadline(timer);
}

State Session::state(ConnectionId connection) const {
  const Supervisor::Link* link = engine_->supervisor().find(connection);
  return link == nullptr ? State::Idle : link->fsm.state();
}

}  // namespace bgp
