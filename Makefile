# Everything is built in the release configuration, the tests too: one build serves demo, tests and benchmarks.
DFA := .build/release/dfa
SWIFT_FILES = $$(find . \( -name '.?*' -o -name Generated \) -prune -o -name '*.swift' -print)
DOCUMENTED := Basics Torch Networks FeedbackAlignment Datasets Reports Training ImageClassification GraphLearning Recommendation NeuralRendering LanguageModeling DirectFeedback DirectFeedbackCommand

.PHONY: help bootstrap build data demo test example bench bench-pytorch docs tables format lint clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

bootstrap: ## check the tools and put LibTorch into .libtorch
	@Scripts/bootstrap

build: bootstrap ## build the command, .build/release/dfa
	swift build -c release --product dfa

data: build ## fetch the data sets of the demo and the tests
	$(DFA) data fetch fashion-mnist citeseer plotly

demo: data ## from a fresh checkout to a network trained without backpropagation
	$(DFA) demo

test: data ## build and run all tests
	swift test -c release

EXAMPLE := swift build -c release --scratch-path .build-examples --disable-build-manifest-caching

example: data ## build and run the packages in Examples
	$(EXAMPLE) --package-path Examples/FashionMNIST --product FashionMNIST
	$(EXAMPLE) --package-path Examples/OwnTask --product OwnTask
	.build-examples/release/FashionMNIST
	Examples/OwnTask/run .build-examples/release/OwnTask

bench: build ## time a training step by BP and by DFA
	$(DFA) bench step --preset mlp-fashion-mnist --methods bp,dfa

bench-pytorch: build ## the same of every benchmark network beside PyTorch, which goes into .venv
	Benchmarks/compare

docs: bootstrap ## build the documentation, and compile its Swift blocks; warnings are errors
	Scripts/tables --check
	Scripts/check-blocks
	swift package -c release generate-documentation --enable-experimental-combined-documentation \
	  $(addprefix --target ,$(DOCUMENTED)) --warnings-as-errors

tables: ## write the tables of README and articles from Results
	Scripts/tables

format: ## format all Swift files
	swift format --in-place --parallel $(SWIFT_FILES)

lint: ## check the format of all Swift files
	swift format lint --strict --parallel $(SWIFT_FILES)

clean: ## remove what was built; .libtorch, .venv and data sets stay
	swift package clean
