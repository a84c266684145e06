/**
 * Decisions on failures that the user makes: what becomes of a record that cannot be deserialized, processed or written, with
 * dead letters for it, and of a thread whose processing failed.
 */
@NullMarked
package io.tailrace.errors.handler;

import org.jspecify.annotations.NullMarked;
