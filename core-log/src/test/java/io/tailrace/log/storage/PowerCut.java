package io.tailrace.log.storage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * A power cut in front of the n-th operation of a {@link SimulatedDisk}, and what it may leave on the device. Every operation
 * that no force has covered is kept, dropped or torn, each for itself: nothing says that the device works in order.
 *
 * <p>The images, by number: first the systematic ones (all dropped, all kept, all dropped but the sizes, names only, bytes
 * only, each operation alone kept, each alone dropped, the last write torn at each sector of 512 B and 4 KiB), then as many
 * random ones as one likes. The same seed gives the same images.
 */
public final class PowerCut {
    private static final int[] SECTOR_BYTES = {512, 4096};
    private static final int MOST_TORN = 64;

    private final List<DiskOperation> operations;
    private final BitSet unforced;
    private final long seed;
    private final List<IntFunction<Fate>> systematic = new ArrayList<>();

    private PowerCut(List<DiskOperation> operations, long seed) {
        this.operations = operations;
        this.unforced = SimulatedDisk.unforced(operations);
        this.seed = seed;
    }

    /** @param boundary how many operations were done */
    public static PowerCut at(SimulatedDisk disk, int boundary, long seed) {
        PowerCut cut = new PowerCut(disk.operations(boundary), seed ^ (boundary * 0x9E3779B97F4A7C15L));
        cut.addSystematic();
        return cut;
    }

    private void addSystematic() {
        systematic.add(op -> Fate.Whole.DROPPED);
        if (unforced.isEmpty()) {
            return;
        }
        systematic.add(op -> Fate.Whole.KEPT);
        systematic.add(op -> isWrite(op) ? Fate.grown() : Fate.Whole.KEPT);
        systematic.add(op -> isName(op) ? Fate.Whole.KEPT : Fate.Whole.DROPPED);
        systematic.add(op -> isName(op) ? Fate.Whole.DROPPED : Fate.Whole.KEPT);
        if (unforced.cardinality() > 1) {
            unforced.stream().forEach(one -> {
                systematic.add(op -> op == one ? Fate.Whole.KEPT : Fate.Whole.DROPPED);
                systematic.add(op -> op == one ? Fate.Whole.DROPPED : Fate.Whole.KEPT);
            });
        }
        int last = unforced.length() - 1;
        while (last >= 0 && !isWrite(last)) {
            last = unforced.previousSetBit(last - 1);
        }
        if (last >= 0) {
            addTorn(last);
        }
    }

    private void addTorn(int last) {
        for (int sectorBytes : SECTOR_BYTES) {
            int sectors = sectorsOf(last, sectorBytes);
            for (int n = 0; n < Math.min(sectors, MOST_TORN); n++) {
                int kept = n;
                systematic.add(op -> op == last ? Fate.first(kept, sectorBytes, false) : Fate.Whole.KEPT);
                systematic.add(op -> op == last ? Fate.first(kept, sectorBytes, true) : Fate.Whole.KEPT);
                BitSet allButOne = new BitSet();
                allButOne.set(0, sectors);
                allButOne.clear(kept);
                systematic.add(op -> op == last ? new Fate.Torn(sectorBytes, allButOne, true) : Fate.Whole.KEPT);
            }
        }
    }

    private boolean isWrite(int operation) {
        return operations.get(operation) instanceof DiskOperation.Write;
    }

    private boolean isName(int operation) {
        return operations.get(operation).directory() >= 0;
    }

    private int sectorsOf(int operation, int sectorBytes) {
        DiskOperation.Write write = (DiskOperation.Write) operations.get(operation);
        long first = write.position() / sectorBytes;
        long last = (write.position() + Math.max(1, write.bytes().length) - 1) / sectorBytes;
        return (int) (last - first) + 1;
    }

    /** How many images there are that are no matter of chance. */
    public int systematicCount() {
        return systematic.size();
    }

    /** Whether there is any choice: without, there is one image only. */
    public boolean hasChoice() {
        return !unforced.isEmpty();
    }

    /** @param number from 0; random from {@link #systematicCount} on */
    public DiskImage image(int number) {
        return DiskImage.after(operations, unforced, fates(number));
    }

    private IntFunction<Fate> fates(int number) {
        return number < systematic.size() ? systematic.get(number) : random(new SplittableRandom(seed + number));
    }

    private IntFunction<Fate> random(SplittableRandom random) {
        int keptInTen = random.nextInt(11);
        int tornInTen = random.nextInt(11);
        int journaledFrom = random.nextBoolean() ? random.nextInt(operations.size() + 1) : -1;
        Map<Integer, Fate> fates = new HashMap<>();
        unforced.stream().forEach(op -> {
            Fate fate = random.nextInt(10) < keptInTen ? Fate.Whole.KEPT : Fate.Whole.DROPPED;
            if (isName(op) && journaledFrom >= 0) {
                fate = op < journaledFrom
                        ? Fate.Whole.KEPT
                        : Fate.Whole.DROPPED; // in order, as most file systems keep names
            } else if (isWrite(op) && random.nextInt(10) < tornInTen) {
                fate = torn(op, random);
            }
            fates.put(op, fate);
        });
        return op -> fates.getOrDefault(op, Fate.Whole.KEPT);
    }

    private Fate torn(int operation, SplittableRandom random) {
        int sectorBytes = SECTOR_BYTES[random.nextInt(SECTOR_BYTES.length)];
        int sectors = sectorsOf(operation, sectorBytes);
        boolean grown = random.nextBoolean();
        if (random.nextBoolean()) {
            return Fate.first(random.nextInt(sectors + 1), sectorBytes, grown);
        }
        BitSet kept = new BitSet();
        for (int i = 0; i < sectors; i++) {
            kept.set(i, random.nextBoolean());
        }
        return new Fate.Torn(sectorBytes, kept, grown);
    }

    /** What happened to each operation that had a choice, for messages. */
    public String describe(int number) {
        IntFunction<Fate> fates = fates(number);
        StringBuilder text = new StringBuilder("power cut after " + operations.size() + " operations, image " + number);
        unforced.stream().forEach(op -> text.append("\n  ")
                .append(op)
                .append(' ')
                .append(operations.get(op))
                .append(": ")
                .append(fates.apply(op)));
        return text.toString();
    }
}
