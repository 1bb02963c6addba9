#if !__has_include(<sentencepiece_trainer.h>)
#error "SentencePiece was not found. Run Scripts/bootstrap, or install libsentencepiece-dev."
#endif

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "CSentencePiece.h"

struct CSentencePiece {
  std::string bytes;
  sentencepiece::SentencePieceProcessor processor;
};

namespace {

char *copy(const std::string &text) { return strdup(text.c_str()); }

/// The lines of a text that are not empty.
class Lines : public sentencepiece::SentenceIterator {
 public:
  Lines(const char *text, size_t length) : rest_(text), end_(text + length) { Next(); }
  bool done() const override { return done_; }
  const std::string &value() const override { return value_; }
  sentencepiece::util::Status status() const override { return {}; }
  void Next() override {
    while (rest_ < end_ && *rest_ == '\n') ++rest_;
    done_ = rest_ == end_;
    const auto *line_end = std::find(rest_, end_, '\n');
    value_.assign(rest_, line_end);
    rest_ = line_end;
  }

 private:
  const char *rest_;
  const char *end_;
  std::string value_;
  bool done_ = false;
};

std::unique_ptr<CSentencePiece> opened(std::string bytes, char **message) {
  auto model = std::make_unique<CSentencePiece>();
  model->bytes = std::move(bytes);
  const auto status = model->processor.LoadFromSerializedProto(model->bytes);
  if (status.ok()) return model;
  *message = copy(status.ToString());
  return nullptr;
}

}  // namespace

CSentencePiece *csentencepiece_train(const char *options, const char *text, size_t length, char **message) {
  try {
    std::unordered_map<std::string, std::string> values;
    std::istringstream words(options);
    for (std::string word; words >> word;) {
      const auto equals = word.find('=');
      values[word.substr(0, equals)] = word.substr(equals + 1);
    }
    Lines iterator(text, length);
    std::string bytes;
    const auto status = sentencepiece::SentencePieceTrainer::Train(values, &iterator, &bytes);
    if (status.ok()) return opened(std::move(bytes), message).release();
    *message = copy(status.ToString());
  } catch (const std::exception &error) {
    *message = copy(error.what());
  }
  return nullptr;
}

CSentencePiece *csentencepiece_open(const void *bytes, size_t count, char **message) {
  try {
    return opened(std::string(static_cast<const char *>(bytes), count), message).release();
  } catch (const std::exception &error) {
    *message = copy(error.what());
    return nullptr;
  }
}

void csentencepiece_close(CSentencePiece *model) { delete model; }

const void *csentencepiece_bytes(const CSentencePiece *model, size_t *count) {
  *count = model->bytes.size();
  return model->bytes.data();
}

intptr_t csentencepiece_size(const CSentencePiece *model) { return model->processor.GetPieceSize(); }
intptr_t csentencepiece_unknown(const CSentencePiece *model) { return model->processor.unk_id(); }
const char *csentencepiece_piece(const CSentencePiece *model, intptr_t number) {
  return model->processor.IdToPiece(static_cast<int>(number)).c_str();
}

int32_t *csentencepiece_encode(const CSentencePiece *model, const char *line, size_t length, size_t *count) {
  std::vector<int> numbers;
  if (!model->processor.Encode({line, length}, &numbers).ok()) return nullptr;
  *count = numbers.size();
  auto *result = static_cast<int32_t *>(std::malloc(numbers.size() * sizeof(int32_t) + 1));
  if (result != nullptr) std::copy(numbers.begin(), numbers.end(), result);
  return result;
}
