/**
 * The contracts between a task and what lives in it: state stores, changelogs, partitioners, timestamp extractors,
 * punctuators, and the small values they speak. A leaf: it uses the log's common types only.
 */
@NullMarked
package io.tailrace.processor;

import org.jspecify.annotations.NullMarked;
