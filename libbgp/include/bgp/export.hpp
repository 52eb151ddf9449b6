// bgp/export.hpp
//
// What a shared library of libbgp shows. Its code is compiled with hidden visibility; what a public header declares is
// visible, because each of them opens its namespace with BGP_EXPORT. Nothing else is, so what stands in the sources
// alone is no part of the ABI.
#pragma once

/// Stands behind the name of a namespace: what is declared in it can be linked against. The same in static and shared
/// libraries, and for whoever uses them.
#define BGP_EXPORT __attribute__((visibility("default")))
