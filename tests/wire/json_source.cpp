// Boost.JSON, header-only: compiled here once for the corpus tests.
#include <boost/json/src.hpp>
