package io.tailrace.systemtests.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link Victim} is given on its command line.
 *
 * @param seed of everything it chooses
 * @param forced whether what is acknowledged is on the device
 * @param honest false for one that reports records before they are acknowledged, to see whether that is noticed
 * @param firstTransaction numbers of transactions begin here
 * @param tail of each partition of {@link Mark#TOPIC}: where to look for the numbers written last
 * @param lastNumbers of each producer, in front of the tail; -1 for none
 */
record VictimSettings(
        String directory,
        long seed,
        int segmentBytes,
        boolean forced,
        boolean honest,
        long firstTransaction,
        List<Long> tail,
        List<Long> lastNumbers) {

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                directory,
                Long.toString(seed),
                Integer.toString(segmentBytes),
                forced ? "1" : "0",
                honest ? "1" : "0",
                Long.toString(firstTransaction)));
        tail.forEach(offset -> arguments.add(offset.toString()));
        lastNumbers.forEach(number -> arguments.add(number.toString()));
        return arguments;
    }

    static VictimSettings parse(String[] arguments) {
        List<Long> numbers = Arrays.stream(arguments).skip(1).map(Long::valueOf).toList();
        int tail = 5;
        int lastNumbers = tail + Mark.PARTITIONS;
        return new VictimSettings(
                arguments[0],
                numbers.get(0),
                Math.toIntExact(numbers.get(1)),
                numbers.get(2) == 1,
                numbers.get(3) == 1,
                numbers.get(4),
                numbers.subList(tail, lastNumbers),
                numbers.subList(lastNumbers, lastNumbers + Mark.PRODUCERS));
    }
}
