// SentencePiece behind a C interface: byte-pair encoding trained on lines, and used.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A model in memory.
typedef struct CSentencePiece CSentencePiece;

/// Trains a model on the lines of a text.
/// - options: SentencePiece's, such as "model_type=bpe vocab_size=1000".
/// - message: what is wrong, to be freed, when NULL is returned.
CSentencePiece *csentencepiece_train(const char *options, const char *text, size_t length, char **message);

/// Opens a model from the bytes of its file.
CSentencePiece *csentencepiece_open(const void *bytes, size_t count, char **message);
void csentencepiece_close(CSentencePiece *model);

/// The bytes of the model's file, which belong to the model.
const void *csentencepiece_bytes(const CSentencePiece *model, size_t *count);

/// How many pieces there are.
intptr_t csentencepiece_size(const CSentencePiece *model);
/// The number of the piece that stands for what no other does.
intptr_t csentencepiece_unknown(const CSentencePiece *model);
/// The text of a piece, which belongs to the model; "▁" stands for a space.
const char *csentencepiece_piece(const CSentencePiece *model, intptr_t number);

/// The numbers of the pieces of a line, to be freed; NULL when out of memory.
int32_t *csentencepiece_encode(const CSentencePiece *model, const char *line, size_t length, size_t *count);

#ifdef __cplusplus
}
#endif
