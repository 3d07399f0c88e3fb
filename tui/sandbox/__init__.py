"""Running a candidate's code against the examples of a task, in a process that can do little harm."""
