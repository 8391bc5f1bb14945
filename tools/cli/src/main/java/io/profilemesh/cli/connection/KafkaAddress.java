package io.profilemesh.cli.connection;

import java.net.URI;

/**
 * Where records go.
 *
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param registryUrl schema registry
 * @param topicPrefix start of every topic name
 */
public record KafkaAddress(String bootstrapServers, URI registryUrl, String topicPrefix) {}
