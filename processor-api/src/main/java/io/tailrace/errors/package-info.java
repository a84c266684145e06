/**
 * The errors of stream processing, all unchecked and below {@link io.tailrace.errors.StreamsException}. Messages say
 * what failed, where, what was found and how to fix it.
 */
@NullMarked
package io.tailrace.errors;

import org.jspecify.annotations.NullMarked;
