# How everything in this tree is compiled: the warnings, and what the options BGP_SANITIZE, BGP_FUZZ and BGP_COVERAGE
# add to every target. Nothing of it reaches a project that uses the library.

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(BGP_CCACHE ccache)
  if(BGP_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${BGP_CCACHE})
  endif()
endif()

# Link PRIVATE. In a library write $<BUILD_INTERFACE:bgp_warnings>, so that the installed package doesn't ask for it.
add_library(bgp_warnings INTERFACE)
target_compile_options(bgp_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion $<$<BOOL:${BGP_WERROR}>:-Werror>
  # g++ 12 takes the empty alternatives of std::variant and std::optional for uninitialized ones
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-maybe-uninitialized>)

if(BGP_SANITIZE)
  add_compile_options(-fsanitize=${BGP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BGP_SANITIZE})
  if(BGP_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr)  # it opens a pipe for each check, and a test leaves no descriptors
  endif()
endif()

if(BGP_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "BGP_FUZZ needs clang: libFuzzer is part of it (-DCMAKE_CXX_COMPILER=clang++-19)")
  endif()
  # What is fuzzed counts its edges for libFuzzer; not the tests and tools, which would only build longer
  set(BGP_FUZZED_OPTIONS -fsanitize=fuzzer-no-link)
endif()

if(BGP_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
