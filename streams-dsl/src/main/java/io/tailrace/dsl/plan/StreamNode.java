package io.tailrace.dsl.plan;

/** An operation whose results are records of a stream. */
public sealed interface StreamNode extends PlanNode
        permits SourceStream, StreamStep, Split, Branch, Repartition, StreamTableJoin, StreamGlobalJoin, ToStream {}
