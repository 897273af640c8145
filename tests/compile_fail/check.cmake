# Compiles PROGRAM by the command COMPILE, as it is and with -DFAIL: see CMakeLists.txt beside this file.
file(STRINGS ${PROGRAM} concept REGEX "^// does not satisfy: ")
string(REPLACE "// does not satisfy: " "" concept "${concept}")
if(NOT concept)
  message(FATAL_ERROR "${PROGRAM} does not say what it does not satisfy")
endif()
set(ENV{LC_ALL} C)

execute_process(COMMAND ${COMPILE} ${PROGRAM} RESULT_VARIABLE result ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "does not compile without -DFAIL:\n${output}")
endif()

execute_process(COMMAND ${COMPILE} -DFAIL ${PROGRAM} RESULT_VARIABLE result ERROR_VARIABLE output)
if(result EQUAL 0)
  message(FATAL_ERROR "compiles with -DFAIL")
endif()
string(REGEX MATCHALL "[^\n]* error: [^\n]*" errors "${output}")
list(LENGTH errors n_errors)
string(REGEX MATCH "[^\n]*((satisfaction of|because) '${concept}<|does not satisfy '${concept}')[^\n]*" reason "${output}")  # g++, clang++
if(NOT n_errors EQUAL 1 OR NOT reason)
  message(FATAL_ERROR "${n_errors} errors, wanted one, and a line that says ${concept} does not hold:\n${output}")
endif()
message("${errors}\n${reason}")
