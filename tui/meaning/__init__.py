"""The sentence encoder that hears signals in paraphrases: a small ONNX model that runs in this process."""
