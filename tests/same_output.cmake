# Runs a program and compares its standard output with a committed file, NAME.out. Its standard input is NAME.in, its
# arguments are those of NAME.args, where there are such files, else --WORD, or none:
# cmake -D PROGRAM=... -D WORD=... -D EXPECTED=... -P same_output.cmake
string(REGEX REPLACE "\\.out$" ".args" arguments ${EXPECTED})
if(EXISTS ${arguments})
  file(READ ${arguments} arguments)
  separate_arguments(ARGUMENTS UNIX_COMMAND "${arguments}")
elseif(WORD)
  set(ARGUMENTS --${WORD})
endif()
string(REGEX REPLACE "\\.out$" ".in" input ${EXPECTED})
if(NOT EXISTS ${input})
  set(input /dev/null)
endif()
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS}
  WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/..
  INPUT_FILE ${input} OUTPUT_VARIABLE output ERROR_VARIABLE error RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${result}\n${error}")
endif()
file(READ ${EXPECTED} expected)
if(NOT output STREQUAL expected)
  string(MD5 digest ${EXPECTED})
  set(actual ${CMAKE_CURRENT_BINARY_DIR}/${digest}.out)
  file(WRITE ${actual} "${output}")
  execute_process(COMMAND diff -u ${EXPECTED} ${actual} OUTPUT_VARIABLE difference)
  message(FATAL_ERROR "the output is not the committed one:\n${difference}")
endif()
