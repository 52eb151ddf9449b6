#include "bgpd/control/api.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <memory>
#include <utility>

#include "bgp/json/recording.hpp"
#include "bgpd/control/views.hpp"
#include "bgpd/log.hpp"

namespace bgp::daemon {

namespace json = boost::json;

namespace {

constexpr std::string_view kViews[] = {"adj-in", "adj-out", "explain", "dump"};
constexpr std::string_view kActions[] = {"down", "up", "reset", "refresh"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

Reply wrong_method(const char* right) { return failure(405, std::string("this is asked with ") + right); }

/// A portion of the lines each time, so that a table of a million routes stops nothing else.
Reply lines_of(RouteList routes) {
  Reply reply;
  const auto list = std::make_shared<RouteList>(std::move(routes));
  reply.lines = [list, next = std::size_t{0}]() mutable -> std::optional<std::string> {
    constexpr std::size_t kAtOnce = 500;
    if (next == list->size()) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < kAtOnce && next < list->size(); ++i, ++next) {
      text.append(json::serialize(to_json((*list)[next]))).push_back('\n');
    }
    return text;
  };
  return reply;
}

/// The text of an administrative shutdown (RFC 9003), or what is wrong with the body.
std::expected<std::string, std::string> text_of(const json::object& body) {
  const json::value* text = body.if_contains("text");
  if (text == nullptr) return "";
  if (!text->is_string()) return std::unexpected("\"text\" must be a string");
  if (text->get_string().size() > 255) return std::unexpected("\"text\" has more than 255 octets (RFC 9003 2)");
  return std::string(text->get_string());
}

}  // namespace

Reply failure(unsigned status, std::string sentence) {
  Reply reply;
  reply.status = status;
  reply.body = json::object{{"error", std::move(sentence)}};
  return reply;
}

void Api::handle(const Request& request, const Done& done) {
  const auto& path = request.path;
  const auto is = [&](std::size_t size, std::string_view second) {
    return path.size() == size && path[0] == "v1" && path[1] == second;
  };
  const bool get = request.method == "GET";
  if (is(2, "summary")) return get ? summary(done) : done(wrong_method("GET"));
  if (is(2, "neighbors")) return get ? neighbors(done) : done(wrong_method("GET"));
  if (is(2, "reload")) return request.method == "POST" ? reload(done) : done(wrong_method("POST"));
  if (is(2, "networks") || is(4, "networks")) return networks(request, done);
  if (is(2, "monitor")) {
    Reply reply;
    reply.events = &events_;
    return done(get ? std::move(reply) : wrong_method("GET"));
  }
  if (is(3, "neighbors") || is(4, "neighbors")) {
    const auto peer = find(path[2]);
    return peer ? neighbor(request, *peer, done) : done(no_such_neighbor(path[2]));
  }
  done(failure(404, "there is no such resource; docs/guide/api.md lists them"));
}

void Api::summary(const Done& done) {
  const auto uptime = std::chrono::steady_clock::now() - started_;
  const auto started =
      std::chrono::system_clock::now() - std::chrono::duration_cast<std::chrono::system_clock::duration>(uptime);
  json::object body{{"schema", 1},
                    {"version", BGPD_VERSION},
                    {"asn", config_.global.asn},
                    {"router_id", to_string(config_.global.router_id)},
                    {"started", utc_text(started)},
                    {"uptime_ms", std::chrono::duration_cast<std::chrono::milliseconds>(uptime).count()},
                    {"neighbors", peers_().size()},
                    {"networks", networks_.list().size()},
                    {"refused_connections", speaker_.refused_connections()}};
  Reply reply;
  reply.body = std::move(body);
  done(std::move(reply));
}

void Api::reload(const Done& done) {
  const Reloaded reloaded = reload_();
  if (!reloaded) {
    std::string sentence = "nothing was changed";
    for (const std::string& problem : reloaded.error()) sentence.append("; ").append(problem);
    return done(failure(409, std::move(sentence)));
  }
  Reply reply;
  reply.body = json::object{{"schema", 1}, {"changes", json::array(reloaded->begin(), reloaded->end())}};
  done(std::move(reply));
}

void Api::networks(const Request& request, const Done& done) {
  if (request.path.size() == 4) {
    return request.method == "DELETE" ? remove_network(request, done) : done(wrong_method("DELETE"));
  }
  if (request.method == "POST") return add_network(request.body, done);
  if (request.method != "GET") return done(wrong_method("GET or POST"));
  json::array list;
  for (const NetworkConfig& network : networks_.list()) list.push_back(to_json(network));
  Reply reply;
  reply.body = json::object{{"schema", 1}, {"networks", std::move(list)}};
  done(std::move(reply));
}

void Api::add_network(const json::object& body, const Done& done) {
  NetworkConfig network;
  for (const auto& [name, value] : body) {
    const auto text = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    const auto prefix = name == "prefix" ? Prefix::parse(text) : std::nullopt;
    const auto next_hop = name == "next_hop" ? IpAddress::parse(text) : std::nullopt;
    if (name != "prefix" && name != "next_hop") {
      return done(failure(400, "a network has \"prefix\" and \"next_hop\", no \"" + std::string(name) + "\""));
    }
    if (!prefix && !next_hop) {
      return done(failure(400, "\"" + std::string(name) + "\": " + std::string(text) + " is none" +
                                   (name == "prefix" ? ", or has host bits set" : "")));
    }
    if (prefix) network.prefix = *prefix;
    if (next_hop) network.next_hop = *next_hop;
  }
  if (!body.contains("prefix")) return done(failure(400, "a network has a \"prefix\""));
  if (network.next_hop && network.next_hop->is_v4() != network.prefix.address().is_v4()) {
    return done(failure(400, "the next hop is of the other address family"));
  }
  Reply reply;
  reply.body = to_json(network);
  networks_.put(std::move(network));
  done(std::move(reply));
}

void Api::remove_network(const Request& request, const Done& done) {
  const std::string text = request.path[2] + "/" + request.path[3];
  const auto prefix = Prefix::parse(text);
  if (!prefix || !networks_.remove(*prefix)) {
    return done(failure(404, "there is no network " + text + "; GET /v1/networks lists them"));
  }
  Reply reply;
  reply.body = json::object{{"prefix", to_string(*prefix)}};
  done(std::move(reply));
}

void Api::neighbors(const Done& done) {
  struct Table {
    json::array rows;
    std::size_t waits = 0;
  };
  const std::vector<RunningPeer> peers = peers_();
  const auto table = std::make_shared<Table>();
  table->waits = peers.size();
  const auto finish = [table, done] {
    Reply reply;
    reply.body = json::object{{"schema", 1}, {"neighbors", std::move(table->rows)}};
    done(std::move(reply));
  };
  if (peers.empty()) return finish();
  for (const RunningPeer& peer : peers) {
    speaker_.snapshot(peer.id, [table, finish, peering = peer.peering](const std::optional<PeerSnapshot>& snapshot) {
      if (snapshot) table->rows.push_back(neighbor_row(*peering, *snapshot));
      if (--table->waits == 0) finish();
    });
  }
}

void Api::neighbor(const Request& request, const RunningPeer& peer, const Done& done) {
  const std::string what = request.path.size() == 4 ? request.path[3] : "";
  if (what.empty() || is_one_of(what, kViews)) {
    return request.method == "GET" ? look(peer, what, done) : done(wrong_method("GET"));
  }
  if (is_one_of(what, kActions)) {
    return request.method == "POST" ? act(peer, what, request.body, done) : done(wrong_method("POST"));
  }
  done(failure(404, "a neighbor has no \"" + what + "\"; docs/guide/api.md lists what it has"));
}

void Api::look(const RunningPeer& peer, std::string_view what, const Done& done) {
  if (what == "adj-in") return done(lines_of(peer.peering->adj_rib_in().routes()));
  if (what == "adj-out") return done(lines_of(peer.peering->outbound().routes()));
  const auto gone = [] { return failure(404, "the neighbor has just been removed"); };
  if (what.empty()) {
    speaker_.snapshot(peer.id, [this, peer, done, gone](const std::optional<PeerSnapshot>& snapshot) {
      if (!snapshot) return done(gone());
      speaker_.inspect(peer.id, [peer, done, gone, snapshot](const Session* session) {
        if (session == nullptr) return done(gone());
        Reply reply;
        reply.body = neighbor_detail(*peer.peering, *snapshot, *session);
        done(std::move(reply));
      });
    });
    return;
  }
  speaker_.inspect(peer.id, [peer, done, gone, dumps = what == "dump"](const Session* session) {
    if (session == nullptr) return done(gone());
    Reply reply;
    reply.body = dumps ? dump(session->recording(Speaker::now())) : explanation(*peer.peering, *session);
    done(std::move(reply));
  });
}

void Api::act(const RunningPeer& peer, std::string_view what, const json::object& body, const Done& done) {
  if (what == "down" || what == "reset") {
    const auto text = text_of(body);
    if (!text) return done(failure(400, text.error()));
    what == "down" ? speaker_.stop_peer(peer.id, Stop::shutdown(*text))
                   : speaker_.reset_peer(peer.id, Stop::reset(*text));
  } else if (what == "up") {
    speaker_.start_peer(peer.id);
  } else {
    for (const Family family : peer.peering->neighbor().peer.session.families)
      speaker_.request_refresh(peer.id, family);
  }
  // Behind what was asked for, on the peer's executor
  speaker_.snapshot(peer.id, [peer, done](const std::optional<PeerSnapshot>& snapshot) {
    Reply reply;
    if (snapshot) reply.body = neighbor_row(*peer.peering, *snapshot);
    done(snapshot ? std::move(reply) : failure(404, "the neighbor has just been removed"));
  });
}

std::optional<RunningPeer> Api::find(std::string_view address) const {
  const auto wanted = IpAddress::parse(address);
  if (!wanted) return std::nullopt;
  for (const RunningPeer& peer : peers_()) {
    if (peer.peering->neighbor().peer.remote_address == *wanted) return peer;
  }
  return std::nullopt;
}

Reply Api::no_such_neighbor(std::string_view address) const {
  std::string sentence = "there is no neighbor " + std::string(address) + "; there ";
  const std::vector<RunningPeer> peers = peers_();
  sentence += peers.empty() ? "is none at all" : peers.size() == 1 ? "is" : "are";
  for (const RunningPeer& peer : peers) {
    sentence.append(&peer == &peers.front() ? " " : ", ")
        .append(to_string(peer.peering->neighbor().peer.remote_address));
  }
  return failure(404, std::move(sentence));
}

}  // namespace bgp::daemon
