package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.output.Column;
import java.util.List;

/** Prints what checks found and says what it amounts to. */
final class Findings {

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("subject", "WHAT"),
          Column.text("state", "STATE"),
          Column.text("what", "SEEN"),
          Column.text("remedy", "WHAT TO DO"));

  private Findings() {}

  /**
   * Prints findings.
   *
   * @return the exit code: 1 when one of them is a problem
   */
  static int print(List<Finding> findings, OutputOptions output) {
    output.list(COLUMNS, findings.stream().map(Findings::row).toList());
    boolean well = findings.stream().noneMatch(each -> each.state() == Finding.State.PROBLEM);
    return well ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private static ObjectNode row(Finding finding) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("subject", finding.subject())
        .put("state", finding.state().word())
        .put("what", finding.what())
        .put("remedy", finding.remedy());
  }
}
