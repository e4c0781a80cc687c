# The C tests. Each says what it does, and one that cannot run says why.

CLANG ?= clang
VALGRIND ?= valgrind
FUZZ_SECONDS ?= 10
test_flags := $(WARNINGS) -I. -O1 -g -fno-omit-frame-pointer -pthread
# The kernel's answers come from the test: see tests/fake_kernel.h.
fake_kernel := -Wl,--wrap=ioctl,--wrap=fstat
empty_fuzzer := int LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return !b && n; }
test_parts := tests/check.h tests/fake_kernel.h tests/tests.mk Makefile $(sources) $(headers)

test: test-library test-threads test-memory test-fuzz
	@echo "native: all C tests passed"

test-library: build/device_test build/table_test
	@echo "native: every function, under AddressSanitizer and UndefinedBehaviorSanitizer"
	@for test in $^; do \
	  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 timeout 120 $$test || exit 1; \
	done

test-threads: build/threads_test
	@echo "native: 16 threads on the handle table, under ThreadSanitizer"
	@TSAN_OPTIONS=halt_on_error=1 timeout 240 $<

test-memory: build/device_test_plain build/table_test_plain
	@if command -v $(VALGRIND) >/dev/null; then \
	  echo "native: every function, under valgrind" && \
	  for test in $^; do \
	    timeout 240 $(VALGRIND) --quiet --error-exitcode=9 --leak-check=full --sim-hints=lax-ioctls $$test --few || exit 1; \
	  done; \
	else echo "native: valgrind skipped: $(VALGRIND) is not installed"; fi

test-fuzz:
	@if ! command -v $(CLANG) >/dev/null; then \
	  echo "native: fuzzing skipped: $(CLANG) is not installed"; \
	elif ! echo '$(empty_fuzzer)' | $(CLANG) -fsanitize=fuzzer -x c - -o /dev/null 2>/dev/null; then \
	  echo "native: fuzzing skipped: $(CLANG) has no libFuzzer on this machine"; \
	else \
	  $(MAKE) --silent build/fuzz_test && mkdir -p build/corpus && \
	  echo "native: $(FUZZ_SECONDS) s of fuzzed requests and answers" && \
	  timeout $$(($(FUZZ_SECONDS) + 60)) build/fuzz_test -max_total_time=$(FUZZ_SECONDS) -max_len=4096 \
	    -print_final_stats=1 -artifact_prefix=build/ build/corpus >build/fuzz_test.log 2>&1 || \
	    { cat build/fuzz_test.log; exit 1; }; \
	  sed -n 's/^stat::number_of_executed_units: */native: fuzzed runs: /p' build/fuzz_test.log; \
	fi

sanitized := $(test_flags) -fsanitize=address,undefined -fno-sanitize-recover=all

build/device_test: tests/device_test.c $(test_parts)
	@mkdir -p build
	@$(CC) $(sanitized) $(fake_kernel) -o $@ $< $(sources)

build/device_test_plain: tests/device_test.c $(test_parts)
	@mkdir -p build
	@$(CC) $(test_flags) $(fake_kernel) -o $@ $< $(sources)

build/table_test: tests/table_test.c $(test_parts)
	@mkdir -p build
	@$(CC) $(sanitized) -o $@ $< $(sources)

build/table_test_plain: tests/table_test.c $(test_parts)
	@mkdir -p build
	@$(CC) $(test_flags) -o $@ $< $(sources)

build/threads_test: tests/threads_test.c $(test_parts)
	@mkdir -p build
	@$(CC) $(test_flags) -O2 -fsanitize=thread -o $@ $< $(sources)

build/fuzz_test: tests/fuzz_test.c $(test_parts)
	@mkdir -p build
	@$(CLANG) $(test_flags) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $(fake_kernel) -o $@ $< $(sources)

.PHONY: test-library test-threads test-memory test-fuzz
