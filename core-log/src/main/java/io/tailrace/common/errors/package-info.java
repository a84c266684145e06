/**
 * Every error that Tailrace throws because the world or the stored data failed: one small unchecked tree under
 * {@link io.tailrace.common.errors.TailraceException}. A caller's mistake is an {@link IllegalArgumentException} or
 * {@link IllegalStateException} instead. The package is a leaf: its constructors take plain strings and numbers.
 */
@NullMarked
package io.tailrace.common.errors;

import org.jspecify.annotations.NullMarked;
