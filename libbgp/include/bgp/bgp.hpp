// bgp/bgp.hpp
//
// Everything at once. Tools that need less include less: bgp/wire/... is the codec, bgp/session/session.hpp the session
// without I/O, bgp/net/speaker.hpp the session over TCP.
#pragma once

#include "bgp/net/queued_handler.hpp"
#include "bgp/net/speaker.hpp"
#include "bgp/result.hpp"
#include "bgp/session/compare_opens.hpp"
#include "bgp/session/explain.hpp"
#include "bgp/session/session.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/orf.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"
