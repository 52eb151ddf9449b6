// Boost.JSON, header-only: compiled here once for the scenarios.
#include <boost/json/src.hpp>
