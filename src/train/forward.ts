import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Recipe } from "./recipe";
import type { TensorFlow } from "./tensorflow/tensorflowApi";

/**
 * The logits of a batch, as a differentiable TensorFlow expression.
 *
 * @param batch   images, count × height × width × 1, already normalised
 * @param values  the parameters in the order of `initialParameters`
 * @param masks   one tensor per dense layer with a drop rate (0 or 1/(1 − rate)), or empty when
 *   evaluating
 */
export function forward(
  tf: TensorFlow,
  recipe: Recipe,
  batch: Tensor4D,
  values: readonly Tensor[],
  masks: readonly Tensor2D[],
): Tensor2D {
  let flow: Tensor = batch;
  let parameter = 0;
  let mask = 0;
  recipe.layers.forEach((layer, index) => {
    const isLast = index === recipe.layers.length - 1;
    const next = recipe.layers[index + 1];
    switch (layer.kind) {
      case "dense": {
        const flat = flow.rank === 4 ? flattenChannelsFirst(tf, imagesOf(flow)) : rowsOf(flow);
        flow = tf.add(tf.matMul(flat, rowsOf(values[parameter])), values[parameter + 1]);
        if (!isLast) flow = tf.relu(flow);
        if (layer.dropRate > 0 && masks.length > 0) flow = tf.mul(flow, masks[mask++]);
        parameter += 2;
        break;
      }
      case "conv2d":
        flow = tf.conv2d(imagesOf(flow), imagesOf(values[parameter]), 1, "same");
        // Pooling right after the ReLU may as well come first: adding a bias to a channel and the
        // ReLU are monotone, in floating point too, so the values are the same and less remains to
        // be computed.
        if (next?.kind === "maxPool2d") flow = maxPool(tf, flow, next.window);
        flow = tf.relu(tf.add(flow, values[parameter + 1]));
        parameter += 2;
        break;
      case "maxPool2d":
        if (recipe.layers[index - 1]?.kind !== "conv2d") flow = maxPool(tf, flow, layer.window);
        break;
    }
  });
  return rowsOf(flow);
}

function rowsOf(tensor: Tensor): Tensor2D {
  // Types tell the number of axes, which the order of a recipe's layers fixes: two from the first
  // dense layer on, and for its weights. TensorFlow.js refuses others.
  return tensor as Tensor2D;
}

function imagesOf(tensor: Tensor): Tensor4D {
  // Likewise four for images and the filters of convolutions.
  return tensor as Tensor4D;
}

function maxPool(tf: TensorFlow, images: Tensor, window: number): Tensor4D {
  return tf.maxPool(imagesOf(images), window, window, "valid");
}

/**
 * Rows in channel, height, width order, which is PyTorch's order of the first dense layer's inputs.
 */
function flattenChannelsFirst(tf: TensorFlow, images: Tensor4D): Tensor2D {
  const [count, height, width, channels] = images.shape;
  const ordered = channels === 1 ? images : tf.transpose(images, [0, 3, 1, 2]);
  return tf.reshape(ordered, [count, channels * height * width]);
}
