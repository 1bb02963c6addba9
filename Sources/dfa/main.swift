import DirectFeedbackCommand

DirectFeedbackCommand.main()
