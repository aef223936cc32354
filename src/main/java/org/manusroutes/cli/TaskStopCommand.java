package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a task before it has ended by itself. */
@Command(name = "stop", description = "Stop a task that runs or waits.")
final class TaskStopCommand extends CommandBase implements Callable<Integer> {
    @Parameters(paramLabel = "ID")
    private String id = "";

    @Mixin
    private final Output output = new Output();

    TaskStopCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() throws JsonProcessingException {
        settings.api().stopTask(id);
        output.print(out(), Map.of("task_id", id, "stopped", true), "stopped " + id);
        return 0;
    }
}
