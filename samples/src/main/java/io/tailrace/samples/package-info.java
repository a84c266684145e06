/**
 * What all samples share: the failures that a user of a sample can expect, and how a long step reports its progress. A
 * leaf: the samples build on it, it knows none of them.
 */
@NullMarked
package io.tailrace.samples;

import org.jspecify.annotations.NullMarked;
