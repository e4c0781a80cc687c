# Every target can be run in a fresh clone: tools/setup brings what is missing.

.DEFAULT_GOAL := help

help: ## explains each target
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 22

demo: setup native ## shows the whole path on a virtual library: session, allocate, mount, write, read, give back
	@tools/demo

test: setup-lab ## runs the one gate: checks, native code, all tests, the kernel lab, the compiled binary
	@tools/deno run -A tools/ok.ts

conformance: setup native ## runs the tests of the documented API and writes docs/conformance.md from what they showed
	@tools/deno run -A tools/conformance.ts

lab: setup-lab ## runs the same story in the kernel lab, on the real ch, sg and st drivers
	@tools/deno run -A tools/ok.ts lab

lab-day: setup-lab native ## has six programs share a library of the kernel lab for MOUNTS= mounts, while a person reaches in; SEED= chooses another day
	@tools/deno run -A tools/lab_day.ts

sim: setup ## runs the deterministic simulation; SEED=, SEEDS= and STEPS= choose what, JOBS= how many processes
	@tools/deno run -A tools/simulate.ts

crash: setup native ## ends a real service at each of its crash points in a scripted day, and checks after each
	@tools/deno run -A tools/crash_loop.ts

kills: setup native ## kills a real service at random under load; SEED= and KILLS= choose what
	@tools/deno run -A tools/kill_loop.ts

soak: setup native ## loads a real service for MINUTES= with faults, hands and a kill every KILL_EVERY= seconds, then the account
	@tools/deno run -A tools/soak.ts

mutants: setup native ## breaks the build on purpose, one rule at a time, and expects red for each; ONLY= picks some
	@tools/deno run -A tools/mutants.ts

bench: setup-lab native ## measures what has an aim, each against a named reference in the same run
	@tools/deno run -A tools/bench.ts

check: setup ## runs the quick part of the gate: format, lint, types, documentation, architecture
	@tools/deno run -A tools/ok.ts format lint types docs architecture

compile: setup native ## makes dist/rsm, one binary that needs no Deno
	@tools/deno run -A tools/compile.ts

publish-check: setup native ## makes sure that JSR would take the package as it is
	@tools/deno run -A tools/publish_check.ts

native: setup ## builds native/build/librsm.so
	@tools/native

clean: ## removes all that was built; keeps .deno, the tools that setup installed
	@rm -rf native/build dist coverage

setup:
	@tools/setup deno compiler

setup-lab:
	@tools/setup deno compiler lab

.PHONY: help demo test conformance lab lab-day sim crash kills soak mutants bench check compile publish-check native clean setup setup-lab
