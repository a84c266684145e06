package io.tailrace.log.group;

import io.tailrace.common.errors.InconsistentGroupProtocolException;
import io.tailrace.log.api.Assignor;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which assignor a group uses: of those that all members have, the one that most of them name first, as Kafka's coordinator
 * chooses a protocol. Of equals, the one that {@link Assignor} names first.
 */
final class AssignorChoice {

    private AssignorChoice() {}

    /** @throws InconsistentGroupProtocolException when the newcomer has none in common with all the others */
    static void checkJoin(String group, List<Assignor> newcomer, Collection<Member> others) {
        Set<Assignor> common = EnumSet.copyOf(newcomer);
        others.forEach(member -> common.retainAll(member.membership.assignors()));
        if (common.isEmpty()) {
            throw new InconsistentGroupProtocolException(
                    "group " + group + ": a consumer with the assignors " + newcomer
                            + " cannot join, the members have "
                            + others.stream()
                                    .map(member -> member.membership.assignors())
                                    .distinct()
                                    .toList()
                            + "; expected one that all have in common");
        }
    }

    /** @param members at least one, all with one in common */
    static Assignor among(Collection<Member> members) {
        Set<Assignor> common = EnumSet.allOf(Assignor.class);
        members.forEach(member -> common.retainAll(member.membership.assignors()));
        Map<Assignor, Integer> votes = new EnumMap<>(Assignor.class);
        for (Member member : members) {
            member.membership.assignors().stream()
                    .filter(common::contains)
                    .findFirst()
                    .ifPresent(assignor -> votes.merge(assignor, 1, Integer::sum));
        }
        Assignor chosen = common.iterator().next();
        for (Assignor assignor : common) {
            if (votes.getOrDefault(assignor, 0) > votes.getOrDefault(chosen, 0)) {
                chosen = assignor;
            }
        }
        return chosen;
    }
}
