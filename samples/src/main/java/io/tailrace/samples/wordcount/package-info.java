/** The pipeline {@code wordcount}: the smallest one that keeps state, in the DSL. */
@NullMarked
package io.tailrace.samples.wordcount;

import org.jspecify.annotations.NullMarked;
