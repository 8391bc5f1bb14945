package io.profilemesh.drift.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.drift.query.BaselineLookup.Answer;
import io.profilemesh.drift.query.StateDirectory.AwayException;
import io.profilemesh.drift.query.StateDirectory.Copy;
import io.profilemesh.drift.query.StateDirectory.Holders;
import io.profilemesh.drift.query.StateDirectory.Instance;
import io.profilemesh.drift.query.StateDirectory.Question;
import io.profilemesh.drift.query.StateDirectory.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineLookupTest {

  private static final Instance ME = new Instance("here", 1);
  private static final Instance OTHER = new Instance("other", 2);
  private static final Instance THIRD = new Instance("third", 3);
  private static final Question ORDERS = new Question("shop/public/orders", null);

  private final Directory directory = new Directory();
  private final BaselineLookup lookup = new BaselineLookup(directory);

  @Test
  void shouldAnswerItselfWhenItIsTheOwner() {
    // given
    directory.hold(ME, OTHER);
    directory.view = view();

    // when
    Answer answer = lookup.ask(ORDERS);

    // then
    assertThat(answer).isEqualTo(new Answer.Here(view(), 4, false));
    assertThat(directory.asked).isEmpty();
  }

  @Test
  void shouldPassTheQuestionOnWhenAnotherIsTheOwner() {
    // given
    directory.hold(OTHER, ME);
    directory.replies.put(OTHER, new Reply(200, "application/json", "{}"));

    // when
    Answer answer = lookup.ask(ORDERS);

    // then
    assertThat(answer).isEqualTo(new Answer.There(new Reply(200, "application/json", "{}"), false));
    assertThat(directory.asked).containsExactly("other:2 OWN");
  }

  @Test
  void shouldAnswerFromItsStandbyMarkedAsStaleWhenTheOwnerIsAway() {
    // given
    directory.hold(OTHER, ME);
    directory.view = view();

    // when
    Answer answer = lookup.ask(ORDERS);

    // then
    assertThat(answer).isEqualTo(new Answer.Here(view(), 4, true));
    assertThat(directory.asked).containsExactly("other:2 OWN");
  }

  @Test
  void shouldTryEveryStandbyWhenTheOwnerIsAway() {
    // given
    directory.hold(OTHER, ME, THIRD);
    directory.replies.put(THIRD, new Reply(200, "application/json", "{}"));

    // when
    Answer answer = lookup.ask(ORDERS);

    // then
    assertThat(answer).isInstanceOf(Answer.There.class);
    assertThat(((Answer.There) answer).stale()).isTrue();
    assertThat(directory.asked).containsExactly("other:2 OWN", "third:3 STANDBY");
  }

  @Test
  void shouldSayWhyWhenNobodyCanAnswer() {
    // given
    directory.hold(OTHER, THIRD);

    // when / then
    assertThat(lookup.ask(ORDERS)).isEqualTo(new Answer.Away("other:2 is away"));
    directory.holders = null;
    assertThat(lookup.ask(ORDERS)).isEqualTo(new Answer.Away("partitions move"));
  }

  @Test
  void shouldAskNobodyElseWhenAnotherInstanceAsks() {
    // given: that one takes this one for the owner, which it is no more
    directory.hold(OTHER, ME);
    directory.replies.put(OTHER, new Reply(200, "application/json", "{}"));

    // when / then
    assertThat(lookup.askHere(ORDERS, Copy.OWN)).isInstanceOf(Answer.Away.class);
    assertThat(directory.asked).isEmpty();
  }

  @Test
  void shouldNotKnowWhatIsNotRemembered() {
    // given
    directory.hold(ME);
    directory.readable = true;

    // when / then
    assertThat(lookup.ask(ORDERS)).isEqualTo(new Answer.Unknown());
  }

  private static BaselineView view() {
    return new BaselineView("shop/public/orders", null, List.of(), List.of());
  }

  /** Holders and copies as a test wants them; what is not given is away. */
  private static final class Directory implements StateDirectory {
    private final Map<Instance, Reply> replies = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private @Nullable Holders holders;
    private @Nullable BaselineView view;
    private boolean readable;

    void hold(Instance owner, Instance... standbys) {
      holders = new Holders(4, owner, List.of(standbys));
    }

    @Override
    public Instance self() {
      return ME;
    }

    @Override
    public Holders holders(String dataset) throws AwayException {
      Holders known = holders;
      if (known == null) {
        throw new AwayException("partitions move");
      }
      return known;
    }

    @Override
    public Optional<BaselineView> here(Question question, int partition, Copy copy)
        throws AwayException {
      if (view == null && !readable) {
        throw new AwayException("nothing is here");
      }
      return Optional.ofNullable(view);
    }

    @Override
    public Reply there(Instance instance, Question question, Copy copy) throws AwayException {
      asked.add(instance + " " + copy);
      Reply reply = replies.get(instance);
      if (reply == null) {
        throw new AwayException(instance + " is away");
      }
      return reply;
    }
  }
}
