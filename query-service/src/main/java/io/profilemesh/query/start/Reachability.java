package io.profilemesh.query.start;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may reach REST. With access control everybody may knock; without it this machine only, unless
 * told otherwise.
 */
@ApplicationScoped
public class Reachability {

  /** Switch for networks that are closed off by other means, such as a container's. */
  public static final String SWITCH = "profilemesh.query.allow-remote-without-access-control";

  private final AccessMode mode;
  private final boolean remote;

  @Inject
  Reachability(
      @ConfigProperty(name = AccessMode.KEY, defaultValue = "on") String mode,
      @ConfigProperty(name = SWITCH, defaultValue = "false") boolean remote) {
    try {
      this.mode = AccessMode.of(mode);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
    this.remote = remote;
  }

  /** Whether every request has to prove who makes it. */
  public boolean accessControlled() {
    return mode == AccessMode.ON;
  }

  /** Whether requests may come from other machines. */
  public boolean remoteAllowed() {
    return accessControlled() || remote;
  }
}
