/**
 * Proofs that the log can be trusted: seeded runs on storages that lose, damage and refuse bytes, checked against a model.
 * Each prints what it has counted, and on a violation how to run it again. {@code docs/proofs.md} lists them.
 */
@NullMarked
package io.tailrace.proof;

import org.jspecify.annotations.NullMarked;
