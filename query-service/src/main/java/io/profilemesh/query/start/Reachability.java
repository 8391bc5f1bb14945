package io.profilemesh.query.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who may reach REST while it has no access control: this machine, unless told otherwise. */
@ApplicationScoped
public class Reachability {

  /** Switch for networks that are closed off by other means, such as a container's. */
  public static final String SWITCH = "profilemesh.query.allow-remote-without-access-control";

  private final boolean remote;

  @Inject
  Reachability(@ConfigProperty(name = SWITCH, defaultValue = "false") boolean remote) {
    this.remote = remote;
  }

  /** Whether requests may come from other machines. */
  public boolean remoteAllowed() {
    return remote;
  }
}
