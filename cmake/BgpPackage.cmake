# Debian packages: libbgp (the shared libraries), libbgp-dev, bgpd and libbgp-tools. `cmake --workflow --preset package`
# makes them; tests/house/package_test.py looks into them, and asks lintian.

set(BGP_PACKAGE_MAINTAINER "The libbgp authors <root@localhost>" CACHE STRING
  "Who is asked about the packages: whoever builds them")

if(NOT BUILD_SHARED_LIBS)
  return()  # no libbgp to pack
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME libbgp)
set(CPACK_PACKAGE_CONTACT ${BGP_PACKAGE_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each has its own
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL libbgp libbgp-dev bgpd tools)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS)
foreach(layer IN ITEMS wire session net json)
  list(APPEND CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/libbgp/src/${layer})
endforeach()

# bgp_package(<component> <package> <section> <description>): the first line of the description is its summary. The
# copyright, the changelog and what lintian is told (cmake/debian/*.overrides) come with it.
function(bgp_package component package section description)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_DESCRIPTION ${description} PARENT_SCOPE)
  set(folder ${PROJECT_BINARY_DIR}/debian/${package})
  string(TIMESTAMP BGP_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)  # or SOURCE_DATE_EPOCH
  configure_file(${PROJECT_SOURCE_DIR}/cmake/debian/changelog.in ${folder}/changelog @ONLY)
  execute_process(COMMAND gzip -9nf ${folder}/changelog COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${folder}/changelog.gz ${PROJECT_SOURCE_DIR}/cmake/debian/copyright
    DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/${package} COMPONENT ${component})
  set(overrides)
  foreach(name IN ITEMS all ${package})
    file(READ ${PROJECT_SOURCE_DIR}/cmake/debian/${name}.overrides text)
    string(APPEND overrides "${text}")
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/${package} CONTENT "${overrides}" @ONLY)
  install(FILES ${folder}/${package} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides COMPONENT ${component})
endfunction()

bgp_package(libbgp libbgp libs "BGP library, shared libraries
libbgp is a BGP library in C++23: messages, the session state machine of RFC
4271 and its successors without any I/O, the same over TCP, and all of it as
JSON.")

file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBBGP_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/triggers)

bgp_package(libbgp-dev libbgp-dev libdevel "BGP library, for building with it
The headers of libbgp, and its files for CMake and pkg-config. What is for
the tests of whoever uses it, a virtual clock, networks and captures, is a
static library here.")
set(CPACK_COMPONENT_LIBBGP-DEV_DEPENDS libbgp)
set(CPACK_DEBIAN_LIBBGP-DEV_PACKAGE_DEPENDS "libboost${BGP_BOOST_VERSION}-dev")
set(CPACK_DEBIAN_LIBBGP-DEV_PACKAGE_RECOMMENDS "libboost-json${BGP_BOOST_VERSION}-dev, pkg-config | cmake")
set(CPACK_DEBIAN_LIBBGP-DEV_PACKAGE_SUGGESTS "libboost-iostreams${BGP_BOOST_VERSION}-dev, libpcap0.8-dev")

bgp_package(bgpd bgpd net "BGP daemon of libbgp
bgpd speaks BGP-4 with its neighbors: it announces the configured networks,
logs what it learns, and says why a session is down. It is neither enabled
nor started by its installation.")
set(CPACK_COMPONENT_BGPD_DEPENDS libbgp)
set(CPACK_DEBIAN_BGPD_PACKAGE_RECOMMENDS libbgp-tools)
set(CPACK_DEBIAN_BGPD_PACKAGE_CONFLICTS openbgpd)  # it has a /usr/sbin/bgpd, too

bgp_package(tools libbgp-tools net "tools of libbgp: bgpc, bgpcap and bgpsim
bgpc asks and commands a running bgpd, bgpcap reads BGP from captures and MRT
files and says what a session made of it, bgpsim plays sessions on a virtual
clock.")
set(CPACK_COMPONENT_TOOLS_DEPENDS libbgp)

include(CPack)
