/// The version of this package.
public let directFeedbackVersion = "0.1.0"
